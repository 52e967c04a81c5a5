#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace estrad::load {

/// Times in milliseconds, kept one by one: percentiles are exact.
class Times {
 public:
  void add(std::chrono::microseconds time) {
    ms_.push_back(static_cast<float>(static_cast<double>(time.count()) / 1000.0));
  }
  /// min, p50, p95, p99, max; null when there are none.
  [[nodiscard]] nlohmann::json summary() const;

 private:
  std::vector<float> ms_;
};

/// What a crowd counts. Failures count from the first connection on, the rest only while
/// `is_measuring`: when all viewers have joined.
struct Tally {
  bool is_measuring = false;

  /// From the end of a part (program date-time) to its last byte here.
  Times part_age;
  /// From the first viewer's sight of a part in the playlist to its last byte here: what of the
  /// age is delivery to a crowd.
  Times after_listed;
  std::uint64_t parts = 0;
  std::uint64_t requests = 0;
  std::uint64_t bytes = 0;
  std::uint64_t playlists = 0;
  std::uint64_t playlist_bytes = 0;
  std::uint64_t delta_playlists = 0;
  /// Parts that came later than PART-HOLD-BACK: a player that keeps the advertised distance had
  /// run dry.
  std::uint64_t late_parts = 0;
  /// Answers to a blocking request that held nothing new.
  std::uint64_t idle_reloads = 0;

  std::map<int, std::uint64_t> refusals;
  std::map<std::string, std::uint64_t> failures;
};

}  // namespace estrad::load
