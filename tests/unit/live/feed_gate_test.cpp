#include "live/feed_gate.h"

#include <gtest/gtest.h>

namespace estrad::live {
namespace {

pipeline::Part part(std::uint8_t track, std::uint32_t segment, std::uint16_t number,
                    bool is_last = false) {
  pipeline::Part part;
  part.track = track;
  part.segment = segment;
  part.part = number;
  part.is_last = is_last;
  return part;
}

std::size_t released(FeedGate& gate, pipeline::Part next) {
  const auto parts = gate.add(std::move(next));
  EXPECT_TRUE(parts);
  return parts ? parts->size() : 0;
}

TEST(FeedGate, BeginsASegmentOnlyWhenEveryTrackHasSomethingOfIt) {
  FeedGate gate(2);
  EXPECT_EQ(released(gate, part(0, 0, 0)), 0U);
  EXPECT_EQ(released(gate, part(1, 0, 0)), 2U);
  EXPECT_EQ(released(gate, part(0, 0, 1, true)), 1U);
  EXPECT_EQ(released(gate, part(0, 1, 0)), 0U);
  EXPECT_EQ(released(gate, part(1, 0, 1, true)), 1U);
  EXPECT_EQ(released(gate, part(1, 1, 0)), 2U);
}

TEST(FeedGate, JoinsARunAtTheStartOfASegment) {
  FeedGate gate(2);
  EXPECT_EQ(released(gate, part(0, 4, 2, true)), 0U);
  EXPECT_EQ(released(gate, part(1, 4, 3, true)), 0U);
  EXPECT_EQ(released(gate, part(0, 5, 0)), 0U);
  EXPECT_EQ(released(gate, part(1, 5, 0)), 2U);
}

TEST(FeedGate, GoesOnAfterBeingShutWithANewSegment) {
  FeedGate gate(1);
  EXPECT_EQ(released(gate, part(0, 0, 0)), 1U);
  gate.shut();
  EXPECT_FALSE(gate.is_open());
  EXPECT_EQ(released(gate, part(0, 0, 1, true)), 0U);
  EXPECT_EQ(released(gate, part(0, 1, 0)), 1U);
}

TEST(FeedGate, GivesUpWhenATrackStaysAway) {
  FeedGate gate(2);
  Status outcome;
  for (std::uint32_t i = 0; i < 100 && outcome; ++i) {
    if (auto parts = gate.add(part(0, i, 0, true)); !parts) {
      outcome = fail(std::move(parts).error());
    }
  }
  EXPECT_FALSE(outcome);
}

}  // namespace
}  // namespace estrad::live
