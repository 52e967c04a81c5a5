#pragma once

#include <chrono>
#include <cstdint>

namespace estrad::hls {

/// Bit rates of a track as RFC 8216 defines BANDWIDTH and AVERAGE-BANDWIDTH, measured on its
/// segments. What the encoder was asked for stands in until ten seconds were measured.
class Bandwidth {
 public:
  explicit Bandwidth(std::uint64_t configured_bps = 0) : configured_bps_(configured_bps) {}

  /// One complete segment. Those shorter than half a second count for the average only: a cut
  /// segment that is all keyframe would lift the peak for ever.
  void add_segment(std::uint64_t bytes, std::chrono::nanoseconds duration);

  [[nodiscard]] std::uint64_t peak_bps() const;
  [[nodiscard]] std::uint64_t average_bps() const;

 private:
  [[nodiscard]] bool is_measured() const { return measured_ >= std::chrono::seconds(10); }

  std::uint64_t configured_bps_;
  std::uint64_t peak_bps_ = 0;
  std::uint64_t bytes_ = 0;
  std::chrono::nanoseconds measured_{0};
};

}  // namespace estrad::hls
