#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <string_view>
#include <vector>

#include "archive/syncer.h"
#include "archive/take.h"
#include "archive/take_reader.h"
#include "archive/take_writer.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "hls/media_name.h"
#include "hls/snapshot.h"
#include "hls/timeline.h"

namespace estrad::archive {

struct DiskSpace {
  std::uint64_t free_bytes = 0;
  std::uint64_t total_bytes = 0;
};

/// A take that goes on after a crash, a restart or a wrong End.
struct ResumedTake {
  /// With the new run number.
  TakeInfo info;
  std::unique_ptr<TakeWriter> writer;
  /// For `hls::Timeline`: its first part starts a discontinuity.
  hls::TimelineState state;
};

struct TakeSummary {
  TakeInfo info;
  milliseconds duration{0};
  /// On disk, all files together.
  std::uint64_t bytes = 0;
};

/// All recordings below one folder: archive/<event>/<take>/. Methods block on the disk: it lives
/// on the archive loop. Reads go through TakeReader, which shares nothing but the files with the
/// writers, so they can move to other threads.
class Archive {
 public:
  /// Makes the folder where needed and tries it: unavailable when it cannot be written.
  [[nodiscard]] static Result<std::unique_ptr<Archive>> open(std::filesystem::path root);

  /// Begins a take. Conflict when it exists already.
  [[nodiscard]] Result<std::unique_ptr<TakeWriter>> create(TakeInfo info);
  /// Goes on with a take: cuts what a crash left half written, levels the tracks with gaps so that
  /// all share their segment numbers, and opens it under the next run. `window` is how much of its
  /// end the live playlists list again; zero: all. No other writer of the take may be left.
  [[nodiscard]] Result<ResumedTake> resume(const TakeAddress& address, milliseconds window);
  /// Does the same cleaning for a take that stays ended, and closes it.
  [[nodiscard]] Status close_after_crash(const TakeAddress& address);

  [[nodiscard]] Result<TakeInfo> info(const TakeAddress& address);
  [[nodiscard]] Result<TakeSummary> summary(const TakeAddress& address);
  /// The takes of an event, oldest first; none when it has no folder.
  [[nodiscard]] Result<std::vector<TakeAddress>> takes(std::string_view event);

  /// Of what is recorded at this moment, whether the take is closed or not; see TakeReader.
  [[nodiscard]] Result<hls::Body> playlist(const TakeAddress& address, std::string_view track);
  [[nodiscard]] Result<hls::Body> multivariant(const TakeAddress& address, std::string_view prefix);
  [[nodiscard]] Result<SharedBytes> read(const TakeAddress& address, std::string_view track,
                                         const hls::MediaName& name);

  [[nodiscard]] Result<DiskSpace> space() const;
  /// Deletes the take with all its files.
  [[nodiscard]] Status remove(const TakeAddress& address);

 private:
  /// Readers kept open, most recently used first.
  static constexpr std::size_t kMostReaders = 32;
  explicit Archive(std::filesystem::path root);

  [[nodiscard]] std::filesystem::path folder(const TakeAddress& address) const;
  [[nodiscard]] Result<TakeReader*> reader(const TakeAddress& address);
  void forget_reader(const TakeAddress& address);

  // set once
  std::filesystem::path root_;
  std::shared_ptr<Syncer> syncer_;

  // archive loop only
  std::list<std::unique_ptr<TakeReader>> readers_;
};

}  // namespace estrad::archive
