#include "ingest/flv/feed_time.h"

#include <algorithm>
#include <cstdlib>

namespace estrad::ingest::flv {
namespace {

constexpr std::uint32_t kHigh = 0x8000'0000;
constexpr std::int64_t kStartOfHigh = 60'000;
constexpr std::int64_t kLongestStep = 3'600'000;

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
  // The shorter way round the 32-bit circle: a wrap is a small step forward.
  const std::int64_t step = static_cast<std::int32_t>(sender_ms - *last_sender_ms_);
  if (std::abs(step) > kLongestStep) {
    return last_ms_;
  }
  return std::max<std::int64_t>(0, last_ms_ + step);
}

}  // namespace estrad::ingest::flv
