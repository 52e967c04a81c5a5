#include "hls/snapshot.h"

#include <gtest/gtest.h>

#include "unit/hls/source.h"

namespace estrad::hls {
namespace {

using State = MediaLookup::State;
using test::kVideo;

class Snapshot : public testing::Test {
 protected:
  Snapshot() { source_.begin(); }
  MediaLookup find(const MediaName& name) { return timeline_.snapshot(kVideo)->find(name); }

  Timeline timeline_{{test::video_track(), test::audio_track()}, {}};
  test::Source source_{timeline_};
};

TEST_F(Snapshot, SegmentIsItsPartsInOrder) {
  source_.segments(0, 1);
  const MediaLookup whole = find(SegmentName{1, 0});
  ASSERT_EQ(whole.state, State::kFound);
  ASSERT_EQ(whole.chunks.size(), 4U);
  for (std::uint32_t part = 0; part < 4; ++part) {
    EXPECT_EQ(find(PartName{1, 0, part}).chunks.at(0), whole.chunks[part]);
  }
}

TEST_F(Snapshot, HintedPartIsWaitedFor) {
  source_.segments(0, 1);
  EXPECT_EQ(find(PartName{1, 1, 0}).state, State::kWait);
  source_.video(1, 0);
  EXPECT_EQ(find(PartName{1, 1, 1}).state, State::kWait);
  EXPECT_EQ(find(SegmentName{1, 1}).state, State::kWait);
}

TEST_F(Snapshot, WhatNeverComesIsNotWaitedFor) {
  source_.segments(0, 1);
  source_.video(1, 0);
  EXPECT_EQ(find(PartName{1, 0, 4}).state, State::kNever);
  EXPECT_EQ(find(PartName{2, 0, 0}).state, State::kNever);
  EXPECT_EQ(find(PartName{2, 1, 1}).state, State::kNever);
  EXPECT_EQ(find(PartName{1, 1, 9}).state, State::kNever);
  EXPECT_EQ(find(PartName{1, 9, 0}).state, State::kNever);
  EXPECT_EQ(find(InitName{0}).state, State::kNever);
  EXPECT_EQ(find(InitName{7}).state, State::kNever);
  timeline_.end();
  EXPECT_EQ(find(PartName{1, 1, 1}).state, State::kNever);
  EXPECT_EQ(find(PartName{1, 2, 0}).state, State::kNever);
  EXPECT_EQ(find(InitName{2}).state, State::kNever);
}

TEST_F(Snapshot, HasTheInitSegments) {
  source_.segments(0, 1);
  EXPECT_EQ(*find(InitName{1}).chunks.at(0), test::make_init("feed"));
  EXPECT_EQ(find(InitName{2}).state, State::kWait);
}

TEST_F(Snapshot, BodyIsPackedOnceAndTaggedByItsText) {
  source_.segments(0, 1);
  const auto first = timeline_.snapshot(kVideo);
  EXPECT_EQ(first, timeline_.snapshot(kVideo));
  EXPECT_EQ(as_text(*first->playlist().gzip).substr(0, 2), "\x1F\x8B");
  source_.video(1, 0);
  EXPECT_NE(first->playlist().etag, timeline_.snapshot(kVideo)->playlist().etag);
  EXPECT_EQ(first->playlist().etag.front(), '"');
}

TEST_F(Snapshot, PlaylistListsTheWindowAndRemovedSegmentsStayFetchable) {
  source_.segments(0, 40);
  // 60 s are 30 segments; the ones before stay as long as the longest playlist lasts.
  const std::string text = test::text_of(timeline_.snapshot(kVideo));
  EXPECT_NE(text.find("#EXT-X-MEDIA-SEQUENCE:10\n"), std::string::npos) << text;
  EXPECT_EQ(find(SegmentName{1, 0}).state, State::kFound);
  source_.segments(40, 40);
  EXPECT_EQ(find(SegmentName{1, 0}).state, State::kElsewhere);
  EXPECT_EQ(find(SegmentName{1, 49}).state, State::kFound);
}

TEST(SnapshotOfARecordedTake, LeavesRemovedSegmentsToTheArchive) {
  TimelineOptions options;
  options.window = milliseconds(20'000);
  options.keeps_removed = false;
  Timeline timeline({test::video_track(), test::audio_track()}, options);
  test::Source source(timeline);
  source.begin();
  source.segments(0, 20);
  EXPECT_EQ(timeline.snapshot(kVideo)->find(SegmentName{1, 9}).state, State::kElsewhere);
  EXPECT_EQ(timeline.snapshot(kVideo)->find(SegmentName{1, 10}).state, State::kFound);
}

TEST(SnapshotOfAShortWindow, NeverListsLessThanSevenSegments) {
  TimelineOptions options;
  options.window = milliseconds(1000);
  Timeline timeline({test::video_track(), test::audio_track()}, options);
  test::Source source(timeline);
  source.begin();
  source.segments(0, 20);
  EXPECT_NE(test::text_of(timeline.snapshot(kVideo)).find("#EXT-X-MEDIA-SEQUENCE:13\n"),
            std::string::npos);
}

}  // namespace
}  // namespace estrad::hls
