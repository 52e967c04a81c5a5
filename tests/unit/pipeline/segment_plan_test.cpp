#include "pipeline/segment_plan.h"

#include <cmath>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace estrad::pipeline {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;

struct PlannedPart {
  std::uint32_t segment;
  milliseconds duration;
};

/// A feed of `seconds` at `frame_rate` whose time stamps are rounded to milliseconds, as RTMP's
/// are.
class Feed {
 public:
  Feed(double frame_rate, int seconds, milliseconds part = milliseconds(500))
      : plan_({milliseconds(2000), part, MediaTime(std::llround(1e9 / frame_rate))}) {
    for (int i = 0; i < static_cast<int>(frame_rate * seconds); ++i) {
      times_.push_back(milliseconds(std::llround(i * 1000.0 / frame_rate)));
      plan_.add_frame(times_.back(), {}, false);
    }
    plan_.finish(milliseconds(1000 * seconds));
  }

  [[nodiscard]] std::vector<PlannedPart> parts() const {
    std::vector<PlannedPart> parts;
    MediaTime duration{};
    for (const MediaTime time : times_) {
      const auto frame = plan_.video_frame(time).value();
      duration += frame.duration;
      if (frame.ends_part) {
        parts.push_back({frame.segment, std::chrono::round<milliseconds>(duration)});
        duration = {};
      }
    }
    return parts;
  }
  [[nodiscard]] std::vector<std::int64_t> durations(std::uint32_t segment) const {
    std::vector<std::int64_t> durations;
    for (const PlannedPart& part : parts()) {
      if (part.segment == segment) {
        durations.push_back(part.duration.count());
      }
    }
    return durations;
  }

 private:
  SegmentPlan plan_;
  std::vector<MediaTime> times_;
};

TEST(SegmentPlan, PartsAreOnTheGridWhereTheFramesAre) {
  EXPECT_THAT(Feed(30, 6).durations(1), ElementsAre(500, 500, 500, 500));
  EXPECT_THAT(Feed(50, 6).durations(1), ElementsAre(500, 500, 500, 500));
  EXPECT_THAT(Feed(24, 6).durations(2), ElementsAre(500, 500, 500, 500));
}

TEST(SegmentPlan, NoPartIsLongerThanThePartTarget) {
  for (const double rate : {10.0, 12.5, 15.0, 23.976, 24.0, 25.0, 29.97, 30.0, 50.0, 59.94, 60.0}) {
    for (const PlannedPart& part : Feed(rate, 12).parts()) {
      EXPECT_LE(part.duration, part_target(milliseconds(500))) << rate;
    }
  }
}

TEST(SegmentPlan, AllPartsButTheLastOfASegmentAreLongEnoughForIphones) {
  for (const double rate : {15.0, 23.976, 24.0, 25.0, 29.97, 30.0, 50.0, 60.0}) {
    const auto parts = Feed(rate, 12).parts();
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      if (parts[i].segment == parts[i + 1].segment) {
        EXPECT_GE(parts[i].duration, part_target(milliseconds(500)) * 85 / 100) << rate;
      }
    }
  }
}

TEST(SegmentPlan, SegmentsBeginNearestToTwoSecondsAtAnyFrameRate) {
  SegmentPlan plan({milliseconds(2000), milliseconds(500), MediaTime(33'366'667)});
  std::vector<std::int64_t> starts;
  for (int i = 0; i < 300; ++i) {
    const milliseconds time(std::llround(i * 33.366667));
    if (plan.add_frame(time, {}, false)) {
      starts.push_back(time.count());
    }
  }
  EXPECT_THAT(starts, ElementsAre(0, 2002, 4004, 6006, 8008));
}

TEST(SegmentPlan, ACutBeginsASegmentAndTheGridStartsAnew) {
  SegmentPlan plan({milliseconds(2000), milliseconds(500), milliseconds(100)});
  std::vector<std::int64_t> starts;
  for (int i = 0; i < 60; ++i) {
    if (plan.add_frame(milliseconds(100 * i), {}, i == 7)) {
      starts.push_back(100 * i);
    }
  }
  EXPECT_THAT(starts, ElementsAre(0, 700, 2700, 4700));
  EXPECT_TRUE(plan.video_frame(milliseconds(600))->ends_segment);
  EXPECT_EQ(plan.video_frame(milliseconds(600))->duration, milliseconds(100));
}

TEST(SegmentPlan, AFrameThatComesTooLateForItsPartIsDecodedEarlier) {
  SegmentPlan plan({});
  for (const int time : {0, 33, 440, 640, 673}) {
    plan.add_frame(milliseconds(time), {}, false);
  }
  const auto late = plan.video_frame(milliseconds(640)).value();
  EXPECT_EQ(late.part, 1);
  EXPECT_EQ(late.decode, part_target(milliseconds(500)));
  EXPECT_TRUE(plan.video_frame(milliseconds(440))->ends_part);
  EXPECT_EQ(plan.video_frame(milliseconds(440))->duration,
            part_target(milliseconds(500)) - milliseconds(440));
}

TEST(SegmentPlan, CutByItsSourceItBeginsSegmentsNowhereElse) {
  SegmentPlan plan({milliseconds(2000), milliseconds(500), milliseconds(100), true});
  std::vector<std::int64_t> starts;
  for (int i = 0; i < 40; ++i) {
    if (plan.add_frame(milliseconds(100 * i), {}, i == 23)) {
      starts.push_back(100 * i);
    }
  }
  EXPECT_THAT(starts, ElementsAre(0, 2300));
}

TEST(SegmentPlan, APassedPictureIsInThePartThatItIsDecodedIn) {
  SegmentPlan plan({milliseconds(2000), milliseconds(500), milliseconds(100)});
  for (int i = 0; i <= 6; ++i) {
    plan.add_frame(milliseconds(100 * i), {}, false);
  }
  EXPECT_EQ(plan.part_at(milliseconds(400))->part, 0);
  EXPECT_EQ(plan.part_at(milliseconds(499))->part, 1);
  EXPECT_EQ(plan.part_at(milliseconds(600))->part_start, milliseconds(500));
  EXPECT_FALSE(plan.part_at(milliseconds(601)));
}

TEST(SegmentPlan, AFrameIsDecidedWhenTheNextIsKnown) {
  SegmentPlan plan({});
  plan.add_frame(milliseconds(0), {}, false);
  EXPECT_FALSE(plan.video_frame(milliseconds(0)));
  plan.add_frame(milliseconds(33), {}, false);
  EXPECT_EQ(plan.video_frame(milliseconds(0))->duration, milliseconds(33));
  EXPECT_FALSE(plan.video_frame(milliseconds(33)));
  plan.finish(milliseconds(66));
  EXPECT_TRUE(plan.video_frame(milliseconds(33))->ends_segment);
  EXPECT_FALSE(plan.video_frame(milliseconds(50)));
}

TEST(SegmentPlan, SoundGoesToTheSegmentThatItsMiddleIsIn) {
  SegmentPlan plan({milliseconds(2000), milliseconds(500), milliseconds(100)});
  const MediaTime aac = from_samples(kAacFrame);
  EXPECT_FALSE(plan.audio_frame(milliseconds(0), aac));
  for (int i = 0; i <= 21; ++i) {
    plan.add_frame(milliseconds(100 * i), {}, false);
  }
  EXPECT_EQ(plan.audio_frame(milliseconds(1988), aac)->segment, 0U);
  EXPECT_EQ(plan.audio_frame(milliseconds(1989) + std::chrono::microseconds(400), aac)->segment,
            1U);
  EXPECT_FALSE(plan.audio_frame(milliseconds(2110), aac));
  plan.finish(milliseconds(2200));
  EXPECT_FALSE(plan.audio_frame(milliseconds(2180), aac)->is_past_end);
  EXPECT_TRUE(plan.audio_frame(milliseconds(2190), aac)->is_past_end);
}

}  // namespace
}  // namespace estrad::pipeline
