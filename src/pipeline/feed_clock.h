#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"

namespace estrad::pipeline {

/// Turns the time stamps of a feed's tags, in the order in which they come, into one time line for
/// sound and picture. They wrap at 32 bits, and encoders that restart inside make them jump: a jump
/// becomes a small step, so that what is built on top never sees a hole of hours. Pure.
class FeedClock {
 public:
  /// Steps no larger than these are taken as they are (interleaving, a lost second or two).
  static constexpr milliseconds kLargestStep{5000};
  static constexpr milliseconds kLargestStepBack{3000};
  /// What a jump is replaced by.
  static constexpr milliseconds kStepAfterJump{40};

  /// The tag's time since the first tag.
  [[nodiscard]] milliseconds at(std::uint32_t timestamp_ms);
  [[nodiscard]] std::uint32_t jumps() const { return jumps_; }

 private:
  std::optional<std::uint32_t> last_;
  milliseconds now_{0};
  milliseconds newest_{0};
  std::uint32_t jumps_ = 0;
};

}  // namespace estrad::pipeline
