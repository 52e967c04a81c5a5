#include "ingest/flv/feed_time.h"

#include <algorithm>
#include <cstdlib>

namespace estrad::ingest::flv {
namespace {

constexpr std::uint32_t kHigh = 0x4000'0000;
constexpr std::int64_t kStartOfHigh = 60'000;
constexpr std::int64_t kLongestStep = 3'600'000;
constexpr std::int64_t kLongestStepOverAnOddWrap = 10'000;

/// The shorter way from one time to another on a circle of so many bits.
std::int64_t step_on_circle(std::uint32_t from, std::uint32_t to, int bits) {
  const int unused = 32 - bits;
  return static_cast<std::int32_t>((to - from) << unused) >> unused;
}

}  // namespace

std::uint32_t FeedTime::next(std::uint32_t sender_ms) {
  last_ms_ = after_step(sender_ms);
  last_sender_ms_ = sender_ms;
  return static_cast<std::uint32_t>(last_ms_);
}

std::uint32_t FeedTime::beside(std::uint32_t sender_ms) const {
  return last_sender_ms_ ? static_cast<std::uint32_t>(after_step(sender_ms)) : 0;
}

std::int64_t FeedTime::after_step(std::uint32_t sender_ms) const {
  if (!last_sender_ms_) {
    return sender_ms < kHigh ? std::int64_t{sender_ms} : kStartOfHigh;
  }
  const std::int64_t step = step_on_circle(*last_sender_ms_, sender_ms, 32);
  if (std::abs(step) <= kLongestStep) {
    return std::max<std::int64_t>(0, last_ms_ + step);
  }
  // FFmpeg wraps at 31 bits, as FLV's signed times do; what knows no extended time stamps at 24.
  for (const int bits : {31, 24}) {
    const std::int64_t over_wrap = step_on_circle(*last_sender_ms_, sender_ms, bits);
    if (std::abs(over_wrap) <= kLongestStepOverAnOddWrap) {
      return std::max<std::int64_t>(0, last_ms_ + over_wrap);
    }
  }
  return last_ms_;
}

}  // namespace estrad::ingest::flv
