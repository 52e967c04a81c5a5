#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "archive/archive.h"
#include "glib/event_loop.h"
#include "hls/playlist_timing.h"
#include "hls/snapshot.h"
#include "live/ports.h"

namespace estrad::app {

/// The archive as the rest of the program needs it: takes are written on one thread and read on
/// another, so that viewers of recordings never delay a part on its way to the live playlist.
class Recordings final : public live::Recording {
 public:
  struct Options {
    std::filesystem::path root;
    /// How much of its end a resumed take's live playlists list again; zero: all.
    milliseconds window{0};
  };
  /// Opens the archive and waits for it: at start, on the main thread.
  [[nodiscard]] static Result<std::unique_ptr<Recordings>> open(Options options);
  ~Recordings() override;
  Recordings(const Recordings&) = delete;
  Recordings& operator=(const Recordings&) = delete;

  // live::Recording; replies come on the archive loop
  void create_take(live::TakeAddress take, live::NewTake made, Reply<void> reply) override;
  void resume_take(live::TakeAddress take, Reply<live::ResumedTake> reply) override;
  void append_init(live::TakeAddress take, std::size_t track, std::uint32_t number,
                   SharedBytes bytes, Reply<void> reply) override;
  void append_part(live::TakeAddress take, hls::PlacedPart part, Reply<void> reply) override;
  void close_take(live::TakeAddress take, Reply<void> reply) override;

  // reading, by the name that viewers know the take under. Any thread.
  void set_public_name(std::string name, live::TakeAddress take);
  /// A name that is dead, or was never known, is NotFound.
  void remove_public_name(std::string name);
  void read_media(std::string name, std::string track, hls::MediaName file,
                  Reply<SharedBytes> reply);
  /// `track` empty: the multivariant playlist.
  void read_playlist(std::string name, std::string track, Reply<hls::Body> reply);
  /// Free space, to see that the disk answers.
  void read_space(Reply<archive::DiskSpace> reply);

  /// Finishes what was asked for; later calls are not carried out.
  void stop();

 private:
  explicit Recordings(Options options) : options_(std::move(options)) {}

  template <typename T, typename Work>
  void on_writer(Reply<T> reply, Work work);
  template <typename T, typename Work>
  void on_reader(Reply<T> reply, Work work);
  [[nodiscard]] Result<archive::TakeWriter*> writer(const archive::TakeAddress& address);
  [[nodiscard]] Result<archive::TakeAddress> find_public(const std::string& name) const;

  // set once
  Options options_;

  // writer loop only
  std::unique_ptr<archive::Archive> archive_;
  std::map<archive::TakeAddress, std::unique_ptr<archive::TakeWriter>> writers_;

  // reader loop only
  std::unique_ptr<archive::Archive> read_archive_;
  std::map<std::string, archive::TakeAddress> public_names_;

  glib::EventLoop writer_loop_{"archive"};
  glib::EventLoop reader_loop_{"archive-read"};
};

}  // namespace estrad::app
