#include "demo/beat.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace estrad::demo {

bool Beat::next(WallTime wall) {
  const auto second = std::chrono::floor<std::chrono::seconds>(wall).time_since_epoch().count();
  if (second != last_second_) {
    // The very first frame stands somewhere within its second: nothing to light.
    left_ = last_second_ < 0 ? 0 : frames_lit_;
    last_second_ = second;
  }
  const bool is_lit = left_ > 0;
  left_ = std::max(0, left_ - 1);
  return is_lit;
}

void Tone::fill(std::span<float> samples, bool is_on) {
  constexpr double kFrequency = 1000;
  constexpr double kLoudest = 0.25;
  constexpr double kStep = kLoudest / (0.002 * kSampleRate);
  for (auto& sample : samples) {
    loudness_ = is_on ? std::min(kLoudest, loudness_ + kStep) : std::max(0.0, loudness_ - kStep);
    if (loudness_ == 0) {
      phase_ = 0;
    }
    sample = static_cast<float>(loudness_ * std::sin(2 * std::numbers::pi * phase_));
    phase_ = std::fmod(phase_ + kFrequency / kSampleRate, 1.0);
  }
}

}  // namespace estrad::demo
