#include "live/slate_schedule.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "hls/ticks.h"

namespace estrad::live {
namespace {

using std::chrono::milliseconds;

SlateSchedule::Shape shape() {
  SlateSchedule::Shape shape;
  shape.part = milliseconds(500);
  shape.part_target = milliseconds(512);
  shape.longest_segment = milliseconds(2450);
  return shape;
}

std::vector<SlateLane> lanes() {
  const SlateLane video = {true, 90'000, 4, 0, 0};
  const SlateLane audio = {false, 48'000, 0, 1024, 24};
  return {video, video, audio};
}

struct Played {
  std::vector<std::uint64_t> ends;
  std::map<std::size_t, std::uint64_t> segment_ticks;
  std::map<std::size_t, int> finished;
};

/// Checks what holds for every piece, and moves the ends on.
void play(Played& played, const std::vector<SlatePiece>& pieces) {
  for (const SlatePiece& piece : pieces) {
    const SlateLane lane = lanes()[piece.lane];
    ASSERT_GT(piece.duration, 0U);
    ASSERT_LE(hls::from_ticks(piece.duration, lane.timescale), shape().part_target);
    if (!lane.is_video) {
      ASSERT_EQ(piece.duration, piece.frames * 1024);
      ASSERT_LE(piece.frames, 24U);
    }
    std::uint64_t& in_segment = played.segment_ticks[piece.lane];
    if (in_segment == 0) {
      ASSERT_TRUE(piece.is_independent);
    }
    in_segment += piece.duration;
    ASSERT_LE(hls::from_ticks(in_segment, lane.timescale), shape().longest_segment);
    played.ends[piece.lane] += piece.duration;
    if (piece.is_last) {
      in_segment = 0;
      ++played.finished[piece.lane];
    }
  }
}

TEST(SlateSchedule, LeavesNoHoleWhereverTheTracksEnd) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    const std::uint64_t base = random() % 1'000'000;
    Played played;
    // Tracks of one segment are up to two seconds apart, on any tick.
    played.ends = {base * 15 + random() % 180'000, base * 15 + random() % 180'000,
                   base * 8 + random() % 96'000};
    SlateSchedule schedule(shape(), lanes());
    for (int step = 0; step < 12; ++step) {
      ASSERT_NO_FATAL_FAILURE(play(played, schedule.next(played.ends)));
      // Level: the pictures exactly, the sound within a frame behind them.
      EXPECT_EQ(played.ends[0], played.ends[1]);
      const auto picture = hls::from_ticks(played.ends[0], 90'000);
      const auto sound = hls::from_ticks(played.ends[2], 48'000);
      EXPECT_LE(sound, picture);
      EXPECT_LT(picture - sound, std::chrono::microseconds(21'334));
      // All tracks have the same segments.
      EXPECT_EQ(played.finished[0], played.finished[1]);
      EXPECT_EQ(played.finished[0], played.finished[2]);
    }
  }
}

TEST(SlateSchedule, BeginsWithAPlainPartWhenTheTracksAreLevel) {
  SlateSchedule schedule(shape(), lanes());
  const auto pieces = schedule.next({0, 0, 0});
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[0].duration, 45'000U);
  EXPECT_FALSE(pieces[0].is_last);
  EXPECT_EQ(pieces[2].frames, 23U);
}

TEST(SlateSchedule, EndsASegmentAfterFourParts) {
  SlateSchedule schedule(shape(), lanes());
  Played played;
  played.ends = {0, 0, 0};
  for (int i = 0; i < 8; ++i) {
    ASSERT_NO_FATAL_FAILURE(play(played, schedule.next(played.ends)));
  }
  EXPECT_EQ(played.finished[0], 2);
  EXPECT_EQ(played.ends[0], 360'000U);
}

}  // namespace
}  // namespace estrad::live
