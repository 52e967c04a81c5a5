#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

#include "base/clock.h"
#include "hls/ticks.h"

namespace estrad::hls {

/// How a date becomes whole milliseconds. hls.js 1.7 places the audio playlist by the dates of both
/// playlists, and no longer finds the next part while it believes that audio lies later than it
/// does: so audio is rounded down and video up.
enum class DateRounding { kDown, kUp };

/// Program date-times of a take: the wall clock at its first frame, from then on running with
/// media time, corrected slowly, never jumping but forwards at a discontinuity (after an outage).
/// Each segment number has one offset for all tracks.
class DateLine {
 public:
  /// A source begins at `media` with segment `msn`; its first frame arrived at `wall`.
  void begin_stretch(std::uint64_t msn, nanoseconds media, WallTime wall);
  /// Moves the date by this much, spread over the coming segments: a millisecond each at most (500
  /// ppm of two seconds, more than any sender's clock is off).
  void correct(milliseconds by) { pending_ += by; }
  /// Goes on as a recording ended: the frame at `media` has the date `date`.
  void restore(nanoseconds media, WallTime date);

  [[nodiscard]] WallTime date(std::uint64_t msn, nanoseconds media, DateRounding rounding);
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
