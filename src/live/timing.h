#pragma once

#include <algorithm>
#include <cstddef>

#include "base/clock.h"
#include "hls/playlist_timing.h"
#include "live/slate_schedule.h"

namespace estrad::live {

/// The lengths that every take and preview of this server has.
struct Timing {
  milliseconds segment{2000};
  milliseconds part{500};
  /// What a live playlist lists of a take; the archive has the rest.
  milliseconds window{60'000};

  [[nodiscard]] hls::PlaylistTiming playlist() const {
    return hls::make_timing(segment, part, 48'000);
  }
  [[nodiscard]] SlateSchedule::Shape slate() const;
  /// A feed that has given nothing for so long is away.
  [[nodiscard]] milliseconds feed_silence() const { return part + milliseconds(700); }
};

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
