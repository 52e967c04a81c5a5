#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"

namespace estrad::hls {

/// One CMAF fragment (moof + mdat) with its place in the take. Immutable once shared. Times are in
/// the track's timescale, on the take's own time line.
struct Part {
  /// Grows whenever a server resumes the take, so that an address never names two byte strings.
  std::uint32_t run = 1;
  /// Media sequence number of its segment; the same moment in every track.
  std::uint64_t msn = 0;
  /// Place in its segment, from 0.
  std::uint32_t index = 0;
  /// Number N of the init segment (init-N.mp4) that it needs, and of the file that holds it.
  std::uint32_t init = 1;
  std::uint64_t decode_time = 0;
  std::uint32_t duration = 0;
  /// Begins with a frame that needs no other.
  bool is_independent = false;
  /// The source said so. A segment also ends where a discontinuity begins.
  bool is_last = false;
  /// First part after a discontinuity.
  bool starts_discontinuity = false;
  /// Stands for a whole segment that was never made: no bytes, EXT-X-GAP.
  bool is_gap = false;
  /// Discontinuities from the start of the take to here, this one included.
  std::uint64_t discontinuity_sequence = 0;
  /// Program date-time of its first frame.
  WallTime date{};
  /// Null for gaps and for parts that are only on disk.
  SharedBytes bytes = nullptr;

  [[nodiscard]] std::uint64_t end_time() const { return decode_time + duration; }
};

using PartPtr = std::shared_ptr<const Part>;

/// What a playlist says about one segment. Complete, unless it is the newest of a live playlist.
struct SegmentInfo {
  std::uint32_t run = 1;
  std::uint64_t msn = 0;
  std::uint32_t init = 1;
  std::uint64_t decode_time = 0;
  /// From its first frame to the end of its last, in ticks.
  std::uint64_t duration = 0;
  std::uint64_t size = 0;
  bool starts_discontinuity = false;
  bool is_gap = false;
  std::uint64_t discontinuity_sequence = 0;
  WallTime date{};

  [[nodiscard]] std::uint64_t end_time() const { return decode_time + duration; }
};

/// A segment and its parts, oldest first. Immutable once shared.
struct Segment {
  SegmentInfo info;
  bool is_complete = false;
  std::vector<PartPtr> parts = {};
};

using SegmentPtr = std::shared_ptr<const Segment>;

/// Opens a segment with its first part.
[[nodiscard]] Segment begin_segment(PartPtr first);
/// Adds the next part of the same segment.
void extend(Segment& segment, PartPtr part);

}  // namespace estrad::hls
