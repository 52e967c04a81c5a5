#include "live/date_drift.h"

#include <cstdlib>

#include <gtest/gtest.h>

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

TEST(DateDrift, BeginsAnew) {
  DateDrift drift;
  while (drift.note(milliseconds(500)) == milliseconds(0)) {
  }
  drift.reset();
  EXPECT_EQ(drift.note(milliseconds(0)), milliseconds(0));
}

}  // namespace
}  // namespace estrad::live
