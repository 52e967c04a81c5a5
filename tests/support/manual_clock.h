#pragma once

#include "base/clock.h"

namespace estrad::test {

/// A clock that stands still until the test moves it.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override { return wall_; }
  [[nodiscard]] SteadyTime steady() const override { return steady_; }

  void advance(milliseconds by) {
    wall_ += by;
    steady_ += by;
  }
  /// A step of the wall clock alone, as NTP or an operator makes it.
  void step_wall(milliseconds by) { wall_ += by; }
  void set_wall(WallTime time) { wall_ = time; }

 private:
  WallTime wall_ = WallTime(milliseconds(1'773'147'600'000));  // 2026-03-10T13:00:00Z
  SteadyTime steady_{};
};

}  // namespace estrad::test
