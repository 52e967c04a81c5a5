#pragma once

#include "base/clock.h"

namespace estrad::live {

/// How far a sender's clock has drifted from the server's, seen from when its segments arrive.
/// Jitter is no drift: dates stand still while segments arrive on average as the dates say.
class DateDrift {
 public:
  void reset() { average_ms_ = 0; }

  /// A segment arrived this much later than its date says (earlier: negative). Returns by how much
  /// to move the dates of later ones.
  [[nodiscard]] milliseconds note(milliseconds late) {
    constexpr double kSmoothing = 1.0 / 16;
    constexpr double kBand_ms = 40;
    average_ms_ += (static_cast<double>(late.count()) - average_ms_) * kSmoothing;
    if (average_ms_ > kBand_ms) {
      return milliseconds(1);
    }
    return average_ms_ < -kBand_ms ? milliseconds(-1) : milliseconds(0);
  }

 private:
  double average_ms_ = 0;
};

}  // namespace estrad::live
