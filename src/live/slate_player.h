#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "hls/timeline.h"
#include "live/slate_media.h"
#include "live/slate_schedule.h"

namespace estrad::live {

/// Plays a slate into a time line at the pace of the clock, from where each track ends. One for
/// each stretch of slate; lives on the live loop.
class SlatePlayer {
 public:
  /// `media` is in the order of the time line's tracks, and a discontinuity of kind kOwnEnd has
  /// begun with its init segments. `last_part` is when the last part before the slate went out:
  /// the slate makes up for the silence since then, up to three seconds of it.
  SlatePlayer(std::shared_ptr<const SlateMedia> media, SlateSchedule::Shape shape,
              const Clock& clock, std::optional<SteadyTime> last_part);

  /// Adds what is due by now and gives the parts that were placed.
  [[nodiscard]] Result<std::vector<hls::PlacedPart>> advance(hls::Timeline& timeline);

 private:
  [[nodiscard]] std::vector<std::uint64_t> ends(const hls::Timeline& timeline) const;
  [[nodiscard]] Status add_next(hls::Timeline& timeline, std::vector<hls::PlacedPart>& placed);

  struct Lane {
    std::uint64_t time = 0;  ///< Ticks since the slate began.
    std::uint32_t segment = 0;
    std::uint32_t part = 0;
  };

  // set once
  std::shared_ptr<const SlateMedia> media_;
  SlateSchedule::Shape shape_;
  const Clock& clock_;
  /// When the media that the slate begins with was due to have gone out.
  SteadyTime origin_;
  WallTime origin_date_;
  std::vector<SlateLane> lanes_;

  // live loop only
  SlateSchedule schedule_;
  std::vector<Lane> progress_;
};

}  // namespace estrad::live
