#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "archive/file.h"
#include "archive/index_record.h"
#include "base/result.h"
#include "hls/segment.h"

namespace estrad::archive {

/// A segment of a recorded track, and where its bytes and records lie.
struct IndexedSegment {
  hls::SegmentInfo info;
  /// Offset in file `info.init`; all `info.size` bytes are contiguous.
  std::uint64_t offset = 0;
  /// Number of its first record in the index, and how many it has.
  std::uint64_t first_record = 0;
  std::uint32_t records = 0;
  bool is_closed = false;
};

/// The readable form of one <track>.index: its segments, and its init segments. Follows a file
/// that grows. One thread.
class TrackIndex {
 public:
  /// The file may be missing: then the track is empty.
  explicit TrackIndex(std::filesystem::path path) : path_(std::move(path)) {}

  /// Takes in the valid records that were added. True when there were any. Stops before the first
  /// record that is not valid (the writer may be in the middle of it).
  [[nodiscard]] Result<bool> refresh();

  [[nodiscard]] std::uint32_t timescale() const { return timescale_; }
  [[nodiscard]] const std::vector<IndexedSegment>& segments() const { return segments_; }
  /// Records read so far.
  [[nodiscard]] std::uint64_t record_count() const { return record_count_; }
  [[nodiscard]] std::optional<IndexRecord> init(std::uint32_t number) const;
  [[nodiscard]] const std::map<std::uint32_t, IndexRecord>& inits() const { return inits_; }
  /// Nullptr when there is none.
  [[nodiscard]] const IndexedSegment* find(std::uint64_t msn) const;
  /// The records of a segment's parts, from the file.
  [[nodiscard]] Result<std::vector<IndexRecord>> parts(const IndexedSegment& segment) const;

 private:
  [[nodiscard]] Result<bool> take_in_from(std::uint64_t offset, std::uint64_t count);
  void take_in(const IndexRecord& record);

  std::filesystem::path path_;
  std::shared_ptr<const File> file_;
  std::uint32_t timescale_ = 0;
  std::uint64_t record_count_ = 0;
  std::vector<IndexedSegment> segments_;
  std::map<std::uint32_t, IndexRecord> inits_;
};

}  // namespace estrad::archive
