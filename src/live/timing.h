#pragma once

#include <algorithm>
#include <cstddef>

#include "base/clock.h"
#include "hls/playlist_timing.h"
#include "live/slate_schedule.h"
#include "webcast/event.h"

namespace estrad::live {

/// The lengths that a take or preview has.
struct Timing {
  milliseconds segment{2000};
  /// As the server is configured: of events with latency `balanced`.
  milliseconds part{500};
  /// What the live playlist of a take lists; zero: the whole event.
  milliseconds window{0};

  /// The part length of events with that latency.
  [[nodiscard]] milliseconds part_of(webcast::Latency latency) const;
  [[nodiscard]] Timing with_part(milliseconds length) const {
    Timing timing = *this;
    timing.part = length;
    return timing;
  }

  [[nodiscard]] hls::PlaylistTiming playlist() const {
    return hls::make_timing(segment, part, 48'000);
  }
  [[nodiscard]] SlateSchedule::Shape slate() const;
  /// A feed that has given nothing for so long is away.
  [[nodiscard]] milliseconds feed_silence() const { return part + milliseconds(700); }
};

inline milliseconds Timing::part_of(webcast::Latency latency) const {
  switch (latency) {
    case webcast::Latency::kLowest:
      return milliseconds(200);
    case webcast::Latency::kBalanced:
      return part;
    case webcast::Latency::kScale:
      return milliseconds(1000);
  }
  return part;
}

inline SlateSchedule::Shape Timing::slate() const {
  SlateSchedule::Shape shape;
  shape.part = part;
  shape.part_target = playlist().part_target;
  // Rounded, it must not be longer than the target duration.
  shape.longest_segment = playlist().target_duration + milliseconds(450);
  shape.parts_in_segment = static_cast<std::size_t>(std::max<std::int64_t>(1, segment / part));
  return shape;
}

}  // namespace estrad::live
