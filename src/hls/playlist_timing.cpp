#include "hls/playlist_timing.h"

namespace estrad::hls {
namespace {

constexpr std::int64_t round_up(std::int64_t value, std::int64_t step) {
  return (value + step - 1) / step * step;
}

}  // namespace

PlaylistTiming make_timing(milliseconds segment, milliseconds part, std::uint32_t sample_rate) {
  PlaylistTiming timing;
  timing.target_duration = std::chrono::ceil<std::chrono::seconds>(segment);
  timing.part_target = part;
  if (sample_rate > 0) {
    constexpr std::int64_t kFrame = 1024;
    const std::int64_t samples = round_up(part.count() * sample_rate, 1000 * kFrame) / 1000;
    const std::int64_t micros = round_up(samples * 1'000'000, sample_rate) / sample_rate;
    timing.part_target = std::chrono::microseconds(round_up(micros, 10));
  }
  return timing;
}

}  // namespace estrad::hls
