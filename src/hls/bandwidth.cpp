#include "hls/bandwidth.h"

#include <algorithm>

namespace estrad::hls {
namespace {

std::uint64_t rate(std::uint64_t bytes, std::chrono::nanoseconds duration) {
  const double seconds = std::chrono::duration<double>(duration).count();
  return static_cast<std::uint64_t>(static_cast<double>(bytes) * 8 / seconds);
}

}  // namespace

void Bandwidth::add_segment(std::uint64_t bytes, std::chrono::nanoseconds duration) {
  if (duration <= std::chrono::nanoseconds(0)) {
    return;
  }
  bytes_ += bytes;
  measured_ += duration;
  if (duration >= std::chrono::milliseconds(500)) {
    peak_bps_ = std::max(peak_bps_, rate(bytes, duration));
  }
}

std::uint64_t Bandwidth::peak_bps() const {
  return is_measured() && peak_bps_ > 0 ? peak_bps_ : std::max(configured_bps_, peak_bps_);
}

std::uint64_t Bandwidth::average_bps() const {
  return is_measured() ? rate(bytes_, measured_) : configured_bps_;
}

}  // namespace estrad::hls
