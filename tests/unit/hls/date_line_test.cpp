#include "hls/date_line.h"

#include <gtest/gtest.h>

namespace estrad::hls {
namespace {

using std::chrono::seconds;

constexpr WallTime kWall(milliseconds(1'773'147'600'000));

WallTime date(DateLine& dates, std::uint64_t msn, nanoseconds media) {
  return dates.date(msn, media, DateRounding::kDown);
}

TEST(DateLine, RunsWithMediaTime) {
  DateLine dates;
  EXPECT_FALSE(dates.newest(seconds(0)));
  dates.begin_stretch(0, seconds(0), kWall);
  EXPECT_EQ(date(dates, 0, seconds(0)), kWall);
  EXPECT_EQ(date(dates, 5, milliseconds(10'500)), kWall + milliseconds(10'500));
}

TEST(DateLine, CorrectsSlowlyAndAlikeForAllTracks) {
  DateLine dates;
  dates.begin_stretch(0, seconds(0), kWall);
  EXPECT_EQ(date(dates, 0, seconds(0)), kWall);
  dates.correct(milliseconds(-2));
  EXPECT_EQ(date(dates, 0, seconds(1)), kWall + seconds(1));
  EXPECT_EQ(date(dates, 1, seconds(2)), kWall + milliseconds(1'999));
  EXPECT_EQ(date(dates, 0, seconds(0)), kWall);
  EXPECT_EQ(date(dates, 1, seconds(3)), kWall + milliseconds(2'999));
  EXPECT_EQ(date(dates, 2, seconds(4)), kWall + milliseconds(3'998));
  EXPECT_EQ(date(dates, 3, seconds(6)), kWall + milliseconds(5'998));
}

TEST(DateLine, RoundsAsAsked) {
  DateLine dates;
  dates.begin_stretch(0, seconds(0), kWall);
  const nanoseconds between(2'005'333'333);
  EXPECT_EQ(dates.date(1, between, DateRounding::kDown), kWall + milliseconds(2'005));
  EXPECT_EQ(dates.date(1, between, DateRounding::kUp), kWall + milliseconds(2'006));
  EXPECT_EQ(dates.date(1, seconds(2), DateRounding::kUp), kWall + seconds(2));
}

TEST(DateLine, JumpsForwardAfterAnOutageAndNeverBack) {
  DateLine dates;
  dates.begin_stretch(0, seconds(0), kWall);
  dates.begin_stretch(5, seconds(10), kWall + milliseconds(10'300));
  EXPECT_EQ(date(dates, 5, seconds(10)), kWall + seconds(10));
  dates.begin_stretch(6, seconds(12), kWall + seconds(60));
  EXPECT_EQ(date(dates, 6, seconds(12)), kWall + seconds(60));
  dates.begin_stretch(7, seconds(14), kWall);
  EXPECT_EQ(date(dates, 7, seconds(14)), kWall + seconds(62));
}

TEST(DateLine, KeepsTheOffsetThatHoldsWhenItForgets) {
  DateLine dates;
  dates.begin_stretch(0, seconds(0), kWall);
  dates.begin_stretch(5, seconds(10), kWall + seconds(100));
  dates.forget_before(7);
  EXPECT_EQ(date(dates, 7, seconds(14)), kWall + seconds(104));
}

TEST(DateLine, GoesOnAsARecordingEnded) {
  DateLine dates;
  dates.restore(seconds(8), kWall);
  EXPECT_EQ(dates.newest(seconds(10)), kWall + seconds(2));
}

}  // namespace
}  // namespace estrad::hls
