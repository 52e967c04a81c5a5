#include "pipeline/feed_clock.h"

#include <gtest/gtest.h>

namespace estrad::pipeline {
namespace {

TEST(FeedClock, StartsAtZeroWhereverTheFeedDoes) {
  FeedClock clock;
  EXPECT_EQ(clock.at(3'000'000).count(), 0);
  EXPECT_EQ(clock.at(3'000'040).count(), 40);
}

TEST(FeedClock, AWrapAt32BitsIsASmallStep) {
  FeedClock clock;
  EXPECT_EQ(clock.at(0xFFFFFFF6).count(), 0);
  EXPECT_EQ(clock.at(10).count(), 20);
  EXPECT_EQ(clock.jumps(), 0U);
}

TEST(FeedClock, SoundMayStepBackBehindThePicture) {
  FeedClock clock;
  static_cast<void>(clock.at(1000));
  EXPECT_EQ(clock.at(1500).count(), 500);
  EXPECT_EQ(clock.at(1200).count(), 200);
  EXPECT_EQ(clock.at(1540).count(), 540);
}

TEST(FeedClock, AJumpInEitherDirectionBecomesASmallStep) {
  FeedClock clock;
  static_cast<void>(clock.at(1'000'000));
  EXPECT_EQ(clock.at(1'001'000).count(), 1000);
  EXPECT_EQ(clock.at(0).count(), 1040);
  EXPECT_EQ(clock.at(40).count(), 1080);
  EXPECT_EQ(clock.at(90'000'000).count(), 1120);
  EXPECT_EQ(clock.jumps(), 2U);
}

}  // namespace
}  // namespace estrad::pipeline
