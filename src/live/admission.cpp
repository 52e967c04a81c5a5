#include "live/admission.h"

#include <algorithm>

#include <spdlog/fmt/fmt.h>

namespace estrad::live {
namespace {

/// Of a stage that has just begun: 720p30 with three encoded rungs.
constexpr double kUnknown = 0.6;
/// The rest is the server's own, and for peaks.
constexpr double kUsableShare = 0.9;

}  // namespace

Status admit(std::span<const std::optional<double>> cores, const Capacity& capacity) {
  if (cores.empty()) {
    return {};
  }
  if (capacity.max_live > 0) {
    if (cores.size() < capacity.max_live) {
      return {};
    }
    return fail(
        conflict(fmt::format("This server takes {} stages at the same time "
                             "(media.max_live), and has as many.",
                             capacity.max_live)));
  }
  double used = 0;
  double costliest = 0;
  for (const auto& one : cores) {
    used += one.value_or(kUnknown);
    costliest = std::max(costliest, one.value_or(kUnknown));
  }
  if (used + costliest <= kUsableShare * capacity.processors) {
    return {};
  }
  return fail(conflict(
      fmt::format("This server's processors have no room for another stage: {:.1f} of {} are "
                  "taken by those on air (media.max_live overrules that).",
                  used, capacity.processors)));
}

}  // namespace estrad::live
