#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

#include "base/clock.h"
#include "hls/ticks.h"

namespace estrad::hls {

/// Program date-times of a take: the wall clock at its first frame, from then on running with
/// media time, corrected slowly, never jumping but forwards at a discontinuity (after an outage).
/// All tracks get the same dates, since each segment number has one offset for all of them.
class DateLine {
 public:
  /// A source begins at `media` with segment `msn`; its first frame arrived at `wall`.
  void begin_stretch(std::uint64_t msn, nanoseconds media, WallTime wall);
  /// Moves the date by this much, spread over the coming segments.
  void correct(milliseconds by) { pending_ += by; }
  /// Goes on as a recording ended: the frame at `media` has the date `date`.
  void restore(nanoseconds media, WallTime date);

  [[nodiscard]] WallTime date(std::uint64_t msn, nanoseconds media);
  /// The date of `media` by the newest segment's reckoning; nullopt before the first stretch.
  [[nodiscard]] std::optional<WallTime> newest(nanoseconds media) const;
  /// Segments before `msn` are never asked for again.
  void forget_before(std::uint64_t msn);

 private:
  std::optional<nanoseconds> offset_;
  /// From which segment on which offset holds.
  std::map<std::uint64_t, nanoseconds> offsets_;
  milliseconds pending_{0};
  std::uint64_t newest_msn_ = 0;
};

}  // namespace estrad::hls
