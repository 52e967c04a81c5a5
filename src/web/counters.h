#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace estrad::web {

/// What the http front counts for /metrics, all loops together. Any thread.
struct Counters {
  /// Answers by the first digit of their status, 1 to 5.
  std::array<std::atomic<std::uint64_t>, 6> answers{};
  std::atomic<std::int64_t> connections{0};
  std::atomic<std::uint64_t> refused_connections{0};
  std::atomic<std::uint64_t> limited_requests{0};
};

}  // namespace estrad::web
