#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "hls/bandwidth.h"
#include "hls/playlist_history.h"
#include "hls/playlist_timing.h"
#include "hls/segment.h"
#include "hls/ticks.h"
#include "hls/track.h"

namespace estrad::hls {

/// The announced segments of one track. The newest, up to the skip boundary, are kept whole; those
/// that are older and still listed as text. What is older than the skip boundary stays in memory
/// only where no archive has it (a preview): then as long as the standard wants it fetchable, which
/// is its own duration and that of the longest playlist that listed it (rfc8216bis, 6.2.2). Lives
/// on the time line's loop.
class SegmentWindow {
 public:
  struct Depth {
    /// What the playlist lists at least; zero: all.
    nanoseconds listed{0};
    bool keeps_older = true;
  };
  SegmentWindow(const Track& track, Depth depth, PlaylistTiming timing);

  /// The next part of the newest segment, or the first of the one after it (which completes the
  /// newest, if nobody has).
  void push(PartPtr part);
  /// The newest segment has all its parts. Nothing happens when it is complete already.
  void complete_newest();
  /// Complete segments from before a restart, oldest first: first those without their parts.
  void restore(const SegmentInfo& segment) { history_.push(segment); }
  void restore(SegmentPtr segment);
  void set_bandwidth(Bandwidth bandwidth) { bandwidth_ = bandwidth; }

  [[nodiscard]] bool is_empty() const { return segments_.empty(); }
  [[nodiscard]] const Segment& newest() const { return *segments_.back(); }
  /// All in memory, oldest first; the newest as it is now.
  [[nodiscard]] std::vector<SegmentPtr> kept() const;
  /// How many of `kept()` are behind the skip boundary: in `history()`, or not listed any more.
  [[nodiscard]] std::size_t older_count() const { return older_; }
  /// What the playlist lists of those.
  [[nodiscard]] HistoryText history() { return history_.text(); }
  /// Measured on the complete segments.
  [[nodiscard]] const Bandwidth& bandwidth() const { return bandwidth_; }

 private:
  void slide();
  void unlist(nanoseconds end);
  void forget(nanoseconds end);
  [[nodiscard]] nanoseconds time(std::uint64_t ticks) const {
    return from_ticks(ticks, timescale_);
  }

  // set once
  std::uint32_t timescale_;
  Depth depth_;
  PlaylistTiming timing_;

  std::deque<SegmentPtr> segments_;
  /// The first so many of them are behind the skip boundary.
  std::size_t older_ = 0;
  PlaylistHistory history_;
  /// For the oldest segments, which left the playlist: until when, in media time, they are kept.
  std::deque<nanoseconds> removed_until_;
  Bandwidth bandwidth_;
};

}  // namespace estrad::hls
