#include "tally.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

namespace estrad::load {

nlohmann::json Times::summary() const {
  if (ms_.empty()) {
    return nullptr;
  }
  std::vector<float> sorted = ms_;
  std::sort(sorted.begin(), sorted.end());
  const auto quantile = [&sorted](double q) {
    const auto rank = static_cast<std::size_t>(q * static_cast<double>(sorted.size()));
    return std::round(sorted[std::min(rank, sorted.size() - 1)] * 10.0) / 10.0;
  };
  return {{"min", quantile(0)},
          {"p50", quantile(0.5)},
          {"p95", quantile(0.95)},
          {"p99", quantile(0.99)},
          {"max", quantile(1.0)}};
}

}  // namespace estrad::load
