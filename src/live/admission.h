#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/result.h"

namespace estrad::live {

/// What this machine can carry.
struct Capacity {
  /// Most stages with a feed at the same time; 0: as the processors allow.
  std::uint32_t max_live = 0;
  /// Processors of this machine.
  unsigned processors = 1;
};

/// May a further stage begin? `cores` are the processors that the worker of each stage with a feed
/// takes now, nullopt where that is not known yet. The first is always taken: whatever it costs,
/// it harms nobody. The next is expected to cost as much as the costliest. Conflict, with a
/// sentence for the presenter and the log, when those on air would suffer.
[[nodiscard]] Status admit(std::span<const std::optional<double>> cores, const Capacity& capacity);

}  // namespace estrad::live
