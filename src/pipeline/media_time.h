#pragma once

#include <chrono>
#include <cstdint>

namespace estrad::pipeline {

/// Time in the worker's own media: 0 is its first video frame. Nanoseconds, as in GStreamer.
using MediaTime = std::chrono::nanoseconds;

inline constexpr std::uint32_t kVideoTimescale = 90000;
inline constexpr std::uint32_t kSampleRate = 48000;
inline constexpr std::uint32_t kChannels = 2;
/// Samples in an AAC frame.
inline constexpr std::int64_t kAacFrame = 1024;

[[nodiscard]] constexpr std::int64_t to_ticks(MediaTime time, std::uint32_t timescale) {
  // Split, since nanoseconds times 90000 overflow after 28 hours.
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t whole = time.count() / kSecond;
  const std::int64_t part = time.count() % kSecond;
  return whole * timescale + (part * timescale + kSecond / 2) / kSecond;
}

[[nodiscard]] constexpr MediaTime from_samples(std::int64_t samples) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  return MediaTime(samples / kSampleRate * kSecond + samples % kSampleRate * kSecond / kSampleRate);
}

[[nodiscard]] constexpr std::int64_t to_samples(MediaTime time) {
  return to_ticks(time, kSampleRate);
}

/// AAC frames in an audio part: the fewest that last as long as a video part.
[[nodiscard]] constexpr std::int64_t audio_frames_per_part(std::chrono::milliseconds part) {
  return (part.count() * kSampleRate + 1000 * kAacFrame - 1) / (1000 * kAacFrame);
}

/// EXT-X-PART-INF's PART-TARGET: no part of any track lasts longer.
[[nodiscard]] constexpr MediaTime part_target(std::chrono::milliseconds part) {
  return from_samples(audio_frames_per_part(part) * kAacFrame);
}

}  // namespace estrad::pipeline
