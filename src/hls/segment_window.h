#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "hls/bandwidth.h"
#include "hls/playlist_timing.h"
#include "hls/segment.h"
#include "hls/ticks.h"

namespace estrad::hls {

/// The announced segments of one track: those that the playlist lists, and those that left it but
/// must stay fetchable (rfc8216bis, 6.2.2: their own duration and that of the longest playlist that
/// listed them). Lives on the time line's loop.
class SegmentWindow {
 public:
  struct Depth {
    nanoseconds listed{0};
    bool keeps_removed = true;
  };
  SegmentWindow(std::uint32_t timescale, Depth depth, PlaylistTiming timing);

  /// The next part of the newest segment, or the first of the one after it (which completes the
  /// newest, if nobody has).
  void push(PartPtr part);
  /// The newest segment has all its parts. Nothing happens when it is complete already.
  void complete_newest();
  /// A complete segment from before a restart.
  void restore(SegmentPtr segment);
  void set_bandwidth(Bandwidth bandwidth) { bandwidth_ = bandwidth; }

  [[nodiscard]] bool is_empty() const { return segments_.empty(); }
  [[nodiscard]] const Segment& newest() const { return *segments_.back(); }
  /// All in memory, oldest first; the newest as it is now.
  [[nodiscard]] std::vector<SegmentPtr> kept() const;
  /// How many of `kept()` have left the playlist.
  [[nodiscard]] std::size_t removed_count() const { return removed_until_.size(); }
  /// Measured on the complete segments.
  [[nodiscard]] const Bandwidth& bandwidth() const { return bandwidth_; }

 private:
  void slide();
  [[nodiscard]] nanoseconds time(std::uint64_t ticks) const {
    return from_ticks(ticks, timescale_);
  }

  // set once
  std::uint32_t timescale_;
  Depth depth_;
  PlaylistTiming timing_;

  std::deque<SegmentPtr> segments_;
  /// For the oldest segments, which left the playlist: until when, in media time, they are kept.
  std::deque<nanoseconds> removed_until_;
  Bandwidth bandwidth_;
};

}  // namespace estrad::hls
