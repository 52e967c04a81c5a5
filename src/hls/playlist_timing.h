#pragma once

#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace estrad::hls {

/// The durations that every media playlist of a channel states alike, for its whole life.
struct PlaylistTiming {
  /// EXT-X-TARGETDURATION: no segment, rounded, is longer.
  std::chrono::seconds target_duration{2};
  /// PART-TARGET: no part is longer.
  std::chrono::microseconds part_target{512'000};

  /// HOLD-BACK: where players without low latency start.
  [[nodiscard]] std::chrono::seconds hold_back() const { return 3 * target_duration; }
  [[nodiscard]] std::chrono::microseconds part_hold_back() const { return 3 * part_target; }
  /// Parts of segments further from the live edge are no longer listed.
  [[nodiscard]] std::chrono::seconds part_window() const { return 3 * target_duration; }
  /// CAN-SKIP-UNTIL: delta updates leave out what is further from the live edge.
  [[nodiscard]] std::chrono::seconds skip_until() const { return 6 * target_duration; }
  /// A request that was blocked for longer is answered 503.
  [[nodiscard]] milliseconds block_limit() const { return 3 * target_duration; }

  bool operator==(const PlaylistTiming&) const = default;
};

/// Timing for segments and parts of a configured length: the target duration in whole seconds, and
/// a part target of whole AAC frames (1024 samples), so that audio parts can be equally long: 24
/// frames = 0.512 s for 500 ms at 48 kHz. Rounded up to what a playlist prints (10 µs).
[[nodiscard]] PlaylistTiming make_timing(milliseconds segment, milliseconds part,
                                         std::uint32_t sample_rate);

}  // namespace estrad::hls
