#include "pipeline/audio_line.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace estrad::pipeline {
namespace {

/// Silence is pushed in pieces of this many frames.
constexpr std::int64_t kSilencePiece = 4800;

}  // namespace

void AudioLine::push(std::span<const float> samples, MediaTime time) {
  const std::lock_guard lock(mutex_);
  if (is_finished_) {
    return;
  }
  const std::int64_t first = to_samples(time);
  // Exact where the row of sound begins anew.
  const bool is_new = next_frame_ == 0 || is_silent_;
  const std::int64_t tolerance = is_new ? 0 : to_samples(kTolerance);
  if (first > next_frame_ + tolerance) {
    fill_up_to(first);
  } else if (first < next_frame_ - tolerance) {
    const auto overlap = static_cast<std::size_t>(next_frame_ - first) * kChannels;
    samples = overlap < samples.size() ? samples.subspan(overlap) : std::span<const float>();
  }
  if (samples.empty()) {
    return;
  }
  is_silent_ = false;
  measure(samples);
  pass_on(samples);
}

void AudioLine::follow_picture(MediaTime time, MediaTime sound) {
  const std::lock_guard lock(mutex_);
  const std::int64_t frame = to_samples(time);
  const bool is_sound_coming = sound + kPatience > time;
  const MediaTime patience = is_sound_coming ? kDecoderPatience : kPatience;
  const bool has_stopped_waiting = is_silent_ && !is_sound_coming;
  if (is_finished_ || (!has_stopped_waiting && frame < next_frame_ + to_samples(patience))) {
    return;
  }
  is_silent_ = true;
  fill_up_to(frame);
}

void AudioLine::finish(MediaTime time) {
  const std::lock_guard lock(mutex_);
  // Two AAC frames more than the picture: the encoder holds one back, and the last must be whole.
  fill_up_to(to_samples(time) + 2 * kAacFrame);
  is_finished_ = true;
}

void AudioLine::fill_up_to(std::int64_t frame) {
  static const std::vector<float> silence(kSilencePiece * kChannels, 0.0F);
  while (next_frame_ < frame) {
    const std::int64_t count = std::min(frame - next_frame_, kSilencePiece);
    pass_on(std::span(silence).first(static_cast<std::size_t>(count) * kChannels));
  }
}

void AudioLine::pass_on(std::span<const float> samples) {
  push_(samples, next_frame_);
  next_frame_ += static_cast<std::int64_t>(samples.size() / kChannels);
}

void AudioLine::measure(std::span<const float> samples) {
  for (const float sample : samples) {
    const double value = std::abs(static_cast<double>(sample));
    peak_ = std::max(peak_, value);
    square_sum_ += value * value;
  }
  measured_ += samples.size();
}

bool AudioLine::is_silent() const {
  const std::lock_guard lock(mutex_);
  return is_silent_;
}

AudioLine::Level AudioLine::take_level() {
  const std::lock_guard lock(mutex_);
  Level level;
  level.peak = std::exchange(peak_, 0);
  if (measured_ > 0) {
    level.rms = std::sqrt(square_sum_ / static_cast<double>(measured_));
  }
  square_sum_ = 0;
  measured_ = 0;
  return level;
}

}  // namespace estrad::pipeline
