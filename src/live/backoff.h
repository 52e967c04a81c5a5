#pragma once

#include <algorithm>

#include "base/clock.h"

namespace estrad::live {

/// How long to wait after so many failures in a row: not at all once, then 0.5 s, 1 s … 8 s.
[[nodiscard]] constexpr milliseconds backoff(int failures_before) {
  return failures_before == 0 ? milliseconds(0)
                              : milliseconds(250) * (1 << std::min(failures_before, 5));
}

}  // namespace estrad::live
