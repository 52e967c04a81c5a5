#include "pipeline/feed_clock.h"

#include <algorithm>

namespace estrad::pipeline {

milliseconds FeedClock::at(std::uint32_t timestamp_ms) {
  if (last_) {
    // The difference modulo 2^32, as a signed number, sees a wrap as the small step it is.
    const milliseconds step(static_cast<std::int32_t>(timestamp_ms - *last_));
    if (step > kLargestStep || step < -kLargestStepBack) {
      now_ = newest_ + kStepAfterJump;
      ++jumps_;
    } else {
      now_ += step;
    }
  }
  last_ = timestamp_ms;
  newest_ = std::max(newest_, now_);
  return now_;
}

}  // namespace estrad::pipeline
