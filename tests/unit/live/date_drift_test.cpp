#include "live/date_drift.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <gtest/gtest.h>

#include "support/cmaf.h"
#include "unit/hls/source.h"

namespace estrad::live {
namespace {

TEST(DateDrift, LeavesJitterAlone) {
  DateDrift drift;
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(drift.note(milliseconds(i % 2 == 0 ? 120 : -60)), milliseconds(0)) << i;
  }
}

TEST(DateDrift, FollowsAClockThatRunsSlowOrFast) {
  for (const int sign : {1, -1}) {
    DateDrift drift;
    milliseconds moved(0);
    milliseconds off(0);
    for (int i = 0; i < 5'400; ++i) {
      // 500 ppm: a millisecond each segment of two seconds.
      off = milliseconds(sign * (i + 1)) - moved;
      moved += drift.note(off);
    }
    EXPECT_LT(std::abs(off.count()), 100) << "in three hours";
    EXPECT_GT(std::abs(moved.count()), 5'300);
  }
}

/// A sender whose clock runs off by `ppm`, for three hours: what arrives is dated as it arrives,
/// and sound stays with the picture.
void expect_steady(double ppm) {
  hls::TimelineOptions options;
  options.keeps_older = false;
  hls::Timeline timeline({hls::test::video_track(), hls::test::audio_track()}, options);
  for (std::size_t track = 0; track < 2; ++track) {
    ASSERT_TRUE(timeline.set_init(track, share(test::make_init("feed"))));
  }
  DateDrift drift;
  milliseconds worst(0);
  milliseconds worst_between_tracks(0);
  WallTime picture{};
  const auto bytes = share(test::make_fragment(0));
  for (std::uint32_t number = 0; number < 3 * 3600 / 2; ++number) {
    for (std::size_t track = 0; track < 2; ++track) {
      const std::uint32_t timescale = timeline.tracks()[track].timescale;
      hls::Fragment fragment;
      // Segments of two seconds in one part.
      fragment.segment = number;
      fragment.is_independent = true;
      fragment.is_last = true;
      fragment.duration = timescale * 2;
      fragment.decode_time = std::uint64_t{number} * fragment.duration;
      fragment.arrived =
          from_epoch_ms(hls::test::kStartMs +
                        std::llround(static_cast<double>(number) * 2'000 * (1 + ppm / 1e6)));
      fragment.bytes = bytes;
      const WallTime arrived = fragment.arrived;
      const auto placed = timeline.add(track, std::move(fragment)).value();
      for (const hls::PlacedPart& each : placed) {
        timeline.announce(each.track, each.part);
        worst = std::max(worst, std::chrono::abs(arrived - each.part->date));
        if (each.track == 0) {
          picture = each.part->date;
        } else {
          worst_between_tracks =
              std::max(worst_between_tracks, std::chrono::abs(each.part->date - picture));
        }
      }
      if (track == 0 && !placed.empty()) {
        timeline.correct_date(drift.note(arrived - placed.back().part->date));
      }
    }
  }
  EXPECT_LT(worst, milliseconds(100)) << ppm << " ppm";
  // The dates of both are rounded, in opposite directions.
  EXPECT_LE(worst_between_tracks, milliseconds(1)) << ppm << " ppm";
}

TEST(DateDrift, ThreeHoursWithASenderWhoseClockIsOffLeaveLatencyAndSyncAsTheyWere) {
  expect_steady(500);
  expect_steady(-500);
}

TEST(DateDrift, BeginsAnew) {
  DateDrift drift;
  while (drift.note(milliseconds(500)) == milliseconds(0)) {
  }
  drift.reset();
  EXPECT_EQ(drift.note(milliseconds(0)), milliseconds(0));
}

}  // namespace
}  // namespace estrad::live
