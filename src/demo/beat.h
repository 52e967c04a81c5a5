#pragma once

#include <cstdint>
#include <span>

#include "base/clock.h"

/// What makes flash and beep one thing: both are told by the same beat, frame by frame. Pure.
namespace estrad::demo {

/// Lit for 100 ms from the first frame of each second of wall clock.
class Beat {
 public:
  explicit Beat(int frame_rate) : frames_lit_((frame_rate + 9) / 10) {}

  /// Whether the next frame, made at `wall`, is lit. A clock that is set back starts a new beat.
  [[nodiscard]] bool next(WallTime wall);

 private:
  int frames_lit_;
  int left_ = 0;
  std::int64_t last_second_ = -1;
};

/// A 1 kHz tone that swells and fades in 2 ms, so that it does not click.
class Tone {
 public:
  static constexpr int kSampleRate = 48000;

  /// The next samples, one channel.
  void fill(std::span<float> samples, bool is_on);

 private:
  double phase_ = 0;  ///< In turns.
  double loudness_ = 0;
};

}  // namespace estrad::demo
