#pragma once

#include <chrono>
#include <cstdint>

namespace estrad::hls {

using std::chrono::nanoseconds;

/// Exact to the nanosecond below, for times of up to 292 years.
[[nodiscard]] constexpr nanoseconds from_ticks(std::uint64_t ticks, std::uint32_t timescale) {
  const std::uint64_t whole = ticks / timescale;
  const std::uint64_t rest = ticks % timescale;
  return nanoseconds(
      static_cast<std::int64_t>(whole * 1'000'000'000 + rest * 1'000'000'000 / timescale));
}

/// The first tick that is not before `time`, which may be negative.
[[nodiscard]] constexpr std::int64_t to_ticks_up(nanoseconds time, std::uint32_t timescale) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t count = time.count();
  const std::int64_t whole = count >= 0 ? count / kSecond : -((-count + kSecond - 1) / kSecond);
  const std::int64_t rest = count - whole * kSecond;
  const auto scale = static_cast<std::int64_t>(timescale);
  return whole * scale + (rest * scale + kSecond - 1) / kSecond;
}

/// The nearest tick.
[[nodiscard]] constexpr std::int64_t to_ticks(nanoseconds time, std::uint32_t timescale) {
  return to_ticks_up(time - nanoseconds(500'000'000 / timescale), timescale);
}

}  // namespace estrad::hls
