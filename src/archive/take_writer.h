#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "archive/syncer.h"
#include "archive/take.h"
#include "base/bytes.h"
#include "base/result.h"
#include "hls/segment.h"

namespace estrad::archive {

/// Writes one take, part by part: the part to <track>-<N>.mp4, then its record to <track>.index.
/// Files reach the disk within a second (Syncer). Made by Archive; lives on the archive loop.
///
/// After an error (disk full, read-only) nothing of the part is left behind: the next one may be
/// tried, and the recording has a hole where the failed ones were. Errors are `unavailable` and
/// name the file and what to do.
class TakeWriter {
 public:
  /// Where one track's files end; the state of a new or a recovered folder.
  struct TrackEnd {
    /// 0 before the first init segment.
    std::uint32_t file = 0;
    std::uint64_t file_size = 0;
    std::uint64_t index_size = 0;
  };
  TakeWriter(std::filesystem::path folder, TakeInfo info, std::vector<TrackEnd> ends,
             std::shared_ptr<Syncer> syncer);
  ~TakeWriter();
  TakeWriter(const TakeWriter&) = delete;
  TakeWriter& operator=(const TakeWriter&) = delete;

  [[nodiscard]] const TakeInfo& info() const { return info_; }

  /// Begins file `number` of a track with this init segment; `number` is greater than any before.
  /// After an error it need not be called again: parts that need it try once more.
  [[nodiscard]] Status add_init(std::size_t track, std::uint32_t number, ByteView init);
  /// The next part of a track, in the order of the time line; `part.init` is the newest init.
  [[nodiscard]] Status append(std::size_t track, const hls::Part& part);
  /// Everything to the disk, take.json says closed. Nothing may be written afterwards.
  [[nodiscard]] Status close();

 private:
  struct TrackFiles {
    TrackEnd end;
    std::shared_ptr<const File> media = nullptr;
    std::shared_ptr<const File> index = nullptr;
    /// An init segment that could not be written: tried again with its first part.
    std::uint32_t owed_number = 0;
    Bytes owed_init = {};
  };
  [[nodiscard]] Status open_index(std::size_t track);
  [[nodiscard]] Status open_media(std::size_t track);
  [[nodiscard]] Status write_init(std::size_t track, std::uint32_t number, ByteView init);
  [[nodiscard]] Status pay_init(std::size_t track);
  [[nodiscard]] Status write_record(TrackFiles& files, ByteView bytes);

  // set once
  std::filesystem::path folder_;
  std::shared_ptr<Syncer> syncer_;

  // archive loop only
  TakeInfo info_;
  std::vector<TrackFiles> tracks_;
};

}  // namespace estrad::archive
