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

/// A time line with two tracks, fed with whole segments.
class Windowed {
 public:
  explicit Windowed(TimelineOptions options)
      : timeline_({test::video_track(), test::audio_track()}, options) {
    source_.begin();
  }
  void segments(std::uint32_t first, std::uint32_t count) { source_.segments(first, count); }
  TrackSnapshotPtr snapshot() { return timeline_.snapshot(kVideo); }
  State state(std::uint64_t msn) { return snapshot()->find(SegmentName{1, msn}).state; }
  std::string text() { return test::text_of(snapshot()); }
  std::string delta() { return std::string(as_text(*snapshot()->delta_update().plain)); }

 private:
  Timeline timeline_;
  test::Source source_{timeline_};
};

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) {
    ++found;
  }
  return found;
}

TEST(SnapshotWithoutArchive, ListsTheWindowAndRemovedSegmentsStayFetchable) {
  TimelineOptions options;
  options.window = milliseconds(60'000);
  Windowed channel(options);
  channel.segments(0, 40);
  // 60 s are 30 segments; the ones before stay as long as the longest playlist lasts.
  EXPECT_NE(channel.text().find("#EXT-X-MEDIA-SEQUENCE:10\n"), std::string::npos);
  EXPECT_EQ(channel.state(0), State::kFound);
  channel.segments(40, 40);
  EXPECT_EQ(channel.state(0), State::kElsewhere);
  EXPECT_EQ(channel.state(49), State::kFound);
}

TEST(SnapshotOfARecordedTake, ListsTheWholeEventAndLeavesOldBytesToTheArchive) {
  TimelineOptions options;
  options.keeps_older = false;
  Windowed channel(options);
  channel.segments(0, 200);
  const std::string text = channel.text();
  EXPECT_EQ(count(text, "#EXTINF"), 200U);
  EXPECT_EQ(count(text, "#EXT-X-MAP"), 1U);
  EXPECT_NE(text.find("#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-MAP"), std::string::npos);
  // 12 s are six segments, and iOS wants a seventh.
  EXPECT_EQ(channel.state(192), State::kElsewhere);
  EXPECT_EQ(channel.state(193), State::kFound);
}

TEST(SnapshotOfARecordedTake, DeltaUpdateIsTheWholeWithoutWhatItSkips) {
  TimelineOptions options;
  options.keeps_older = false;
  Windowed channel(options);
  channel.segments(0, 7);
  EXPECT_EQ(channel.delta(), channel.text()) << "nothing is older than the skip boundary";
  channel.segments(7, 193);
  const std::string delta = channel.delta();
  EXPECT_NE(delta.find("#EXT-X-SKIP:SKIPPED-SEGMENTS=193\n"), std::string::npos);
  EXPECT_EQ(count(delta, "#EXTINF"), 7U);
  const std::string first_listed = "#EXTINF:1.999998,\nv720/1-193.m4s";
  EXPECT_EQ(delta.substr(delta.find(first_listed)),
            channel.text().substr(channel.text().find(first_listed)));
}

TEST(SnapshotOfARecordedTake, WindowSlidesAlsoWithinPackedText) {
  TimelineOptions options;
  options.window = milliseconds(300'000);
  options.keeps_older = false;
  Windowed channel(options);
  for (std::uint32_t first = 0; first < 300; first += 10) {
    channel.segments(first, 10);
    const std::string text = channel.text();
    const std::uint32_t end = first + 10;
    const std::uint32_t oldest = end > 150 ? end - 150 : 0;
    EXPECT_EQ(count(text, "#EXTINF"), end - oldest);
    const std::string head = "#EXT-X-MEDIA-SEQUENCE:" + std::to_string(oldest) +
                             "\n#EXT-X-MAP:URI=\"v720/init-1.mp4\"\n#EXT-X-PROGRAM-DATE-TIME:";
    EXPECT_NE(text.find(head), std::string::npos) << text.substr(0, 400);
    EXPECT_EQ(count(text, "#EXT-X-MAP"), 1U);
  }
}

TEST(SnapshotOfAShortWindow, ReachesBackToTheSkipBoundary) {
  TimelineOptions options;
  options.window = milliseconds(1000);
  options.keeps_older = false;
  Windowed channel(options);
  channel.segments(0, 20);
  EXPECT_NE(channel.text().find("#EXT-X-MEDIA-SEQUENCE:13\n"), std::string::npos);
  EXPECT_EQ(channel.delta(), channel.text());
}

TEST(SnapshotOfSeveralTracks, ReportsWhereTheOthersAre) {
  Timeline timeline({test::video_track(), test::audio_track()}, {});
  test::Source source(timeline);
  source.begin();
  source.segments(0, 2);
  source.video(2, 0);
  source.audio(2, 0);
  source.video(2, 1);
  const auto text = test::text_of(timeline.snapshot(test::kAudio));
  EXPECT_NE(text.find("#EXT-X-RENDITION-REPORT:URI=\"v720.m3u8\",LAST-MSN=2,LAST-PART=1\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(count(text, "RENDITION-REPORT"), 1U);
}

}  // namespace
}  // namespace estrad::hls
