#pragma once

#include <chrono>

namespace estrad {

using std::chrono::milliseconds;

/// Wall-clock time, UTC, in whole milliseconds: what is stored, logged and shown.
using WallTime = std::chrono::sys_time<milliseconds>;
/// Time that never steps: what waits, limits and paces.
using SteadyTime = std::chrono::steady_clock::time_point;

/// Where the time comes from. Injected, so that tests move it by hand
/// (tests/support/manual_clock.h). Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime wall() const = 0;
  [[nodiscard]] virtual SteadyTime steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override;
  [[nodiscard]] SteadyTime steady() const override;
};

[[nodiscard]] inline std::int64_t epoch_ms(WallTime time) {
  return time.time_since_epoch().count();
}

[[nodiscard]] inline WallTime from_epoch_ms(std::int64_t ms) {
  return WallTime(milliseconds(ms));
}

}  // namespace estrad
