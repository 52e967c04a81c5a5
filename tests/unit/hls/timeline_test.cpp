#include "hls/timeline.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "hls/fragment.h"
#include "unit/hls/source.h"

namespace estrad::hls {
namespace {

using test::kAudio;
using test::kVideo;
using test::text_of;

class TimelineTest : public testing::Test {
 protected:
  Timeline timeline_{{test::video_track(), test::audio_track()}, {}};
  test::Source source_{timeline_};
};

TEST_F(TimelineTest, PlacesNothingUntilAllTracksHaveTheStartOfASegment) {
  source_.begin();
  EXPECT_TRUE(source_.audio(6, 2).empty());
  EXPECT_TRUE(source_.audio(6, 3).empty());
  EXPECT_TRUE(source_.audio(7, 0).empty());
  const auto placed = source_.video(7, 0);
  ASSERT_EQ(placed.size(), 2U);
  EXPECT_EQ(placed[0].part->msn, 0U);
  EXPECT_EQ(placed[1].part->msn, 0U);
  EXPECT_EQ(placed[0].part->index, 0U);
}

TEST_F(TimelineTest, TakeTimeBeginsAtZeroWithTracksInStep) {
  source_.begin();
  source_.video(7, 0);
  const auto placed = source_.audio(7, 0);
  ASSERT_EQ(placed.size(), 2U);
  // Audio segment 7 begins at frame 656: 671,744 samples, half a frame before the video's 14 s.
  EXPECT_EQ(placed[0].part->decode_time, 480U);
  EXPECT_EQ(placed[1].part->decode_time, 0U);
}

TEST_F(TimelineTest, WritesTakeTimeIntoTheMedia) {
  source_.begin();
  source_.segments(0, 3);
  source_.video(3, 0);
  const auto placed = source_.audio(3, 0);
  ASSERT_EQ(placed.size(), 1U);
  const auto times = read_times(*placed[0].part->bytes).value();
  EXPECT_EQ(times.decode_time, placed[0].part->decode_time);
  EXPECT_EQ(times.sequence, 3U * 256 + 1);
}

TEST_F(TimelineTest, HoldsASegmentUntilAllTracksHaveTheOneBefore) {
  source_.begin();
  source_.segments(0, 1);
  for (std::uint32_t part = 0; part < 4; ++part) {
    source_.video(1, part);
  }
  EXPECT_TRUE(source_.video(2, 0).empty());
  for (std::uint32_t part = 0; part < 3; ++part) {
    EXPECT_EQ(source_.audio(1, part).size(), 1U);
  }
  const auto placed = source_.audio(1, 3);
  ASSERT_EQ(placed.size(), 2U);
  EXPECT_EQ(placed[0].track, kAudio);
  EXPECT_EQ(placed[1].track, kVideo);
  EXPECT_EQ(placed[1].part->msn, 2U);
}

TEST_F(TimelineTest, DatesComeFromTheFirstFrameAndAgreeInAllTracks) {
  source_.begin();
  source_.segments(0, 2);
  EXPECT_NE(text_of(timeline_.snapshot(kVideo)).find("2026-03-10T13:00:02.000Z"),
            std::string::npos);
  // The audio's second segment begins with frame 94, 2.005 s.
  EXPECT_NE(text_of(timeline_.snapshot(kAudio)).find("2026-03-10T13:00:02.005Z"),
            std::string::npos);
}

TEST_F(TimelineTest, AnotherSourceStartsTogetherAtTheLongestEnd) {
  source_.begin();
  source_.segments(0, 2);
  EXPECT_TRUE(timeline_.begin_discontinuity(StretchStart::kTogether).empty());
  test::Source other(timeline_, test::kStartMs + 4000);
  other.begin("other");
  other.video(0, 0);
  const auto placed = other.audio(0, 0);
  ASSERT_EQ(placed.size(), 2U);
  // Audio ended at frame 188 = 4.01066… s, later than the video's 4 s.
  EXPECT_EQ(placed[1].part->decode_time, 188U * 1024);
  EXPECT_EQ(placed[0].part->decode_time, 360960U);
  for (const PlacedPart& one : placed) {
    EXPECT_EQ(one.part->msn, 2U);
    EXPECT_EQ(one.part->init, 2U);
    EXPECT_TRUE(one.part->starts_discontinuity);
    EXPECT_EQ(one.part->discontinuity_sequence, 1U);
  }
}

TEST_F(TimelineTest, SlateStartsAtEachTracksOwnEnd) {
  source_.begin();
  source_.segments(0, 2);
  static_cast<void>(timeline_.begin_discontinuity(StretchStart::kOwnEnd));
  test::Source slate(timeline_, test::kStartMs + 4000);
  slate.begin("slate");
  slate.video(0, 0);
  const auto placed = slate.audio(0, 0);
  ASSERT_EQ(placed.size(), 2U);
  EXPECT_EQ(placed[0].part->decode_time, 360000U);
  EXPECT_EQ(placed[1].part->decode_time, 188U * 1024);
}

TEST_F(TimelineTest, SameInitSegmentKeepsItsNumber) {
  source_.begin();
  source_.segments(0, 1);
  static_cast<void>(timeline_.begin_discontinuity(StretchStart::kOwnEnd));
  const auto again = timeline_.set_init(kVideo, share(test::make_init("feed"))).value();
  EXPECT_EQ(again.number, 1U);
  EXPECT_FALSE(again.is_new);
}

TEST_F(TimelineTest, SegmentsEndEarlyAtADiscontinuity) {
  source_.begin();
  source_.segments(0, 1);
  source_.video(1, 0);
  source_.audio(1, 0);
  EXPECT_TRUE(timeline_.begin_discontinuity(StretchStart::kOwnEnd).empty());
  EXPECT_NE(text_of(timeline_.snapshot(kVideo))
                .find("#EXTINF:0.499998,\nv720/1-1.m4s\n#EXT-X-PRELOAD-HINT:TYPE=PART,"
                      "URI=\"v720/1-2.0.m4s\"\n"),
            std::string::npos);
  EXPECT_EQ(timeline_.snapshot(kVideo)->find(PartName{1, 1, 1}).state, MediaLookup::State::kNever);
}

TEST_F(TimelineTest, PartsOnTheirWayStillEndTheirSegment) {
  source_.begin();
  source_.segments(0, 1);
  Fragment fragment;
  fragment.segment = 1;
  fragment.decode_time = 180000;
  fragment.duration = 45000;
  fragment.bytes = share(test::make_fragment(0));
  const auto placed = timeline_.add(kVideo, fragment).value();
  ASSERT_EQ(placed.size(), 1U);
  const auto gaps = timeline_.begin_discontinuity(StretchStart::kOwnEnd);
  test::Source::announce(timeline_, placed);
  test::Source::announce(timeline_, gaps);
  EXPECT_TRUE(timeline_.snapshot(kVideo)->holds(1));
  EXPECT_TRUE(timeline_.snapshot(kAudio)->holds(1));
}

TEST_F(TimelineTest, TrackWithNothingOfTheNewestSegmentGetsAGap) {
  source_.begin();
  source_.segments(0, 1);
  source_.video(1, 0);
  source_.video(1, 1);
  const auto gaps = timeline_.begin_discontinuity(StretchStart::kTogether);
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].track, kAudio);
  EXPECT_EQ(gaps[0].part->msn, 1U);
  EXPECT_TRUE(gaps[0].part->is_gap);
  EXPECT_FALSE(gaps[0].part->starts_discontinuity);
  EXPECT_EQ(gaps[0].part->duration, 48000U);
  test::Source::announce(timeline_, gaps);
  EXPECT_NE(text_of(timeline_.snapshot(kAudio)).find("#EXT-X-GAP\n#EXTINF:0.999998,\na0/1-1.m4s\n"),
            std::string::npos);
  EXPECT_EQ(timeline_.snapshot(kAudio)->find(SegmentName{1, 1}).state, MediaLookup::State::kNever);
}

TEST_F(TimelineTest, SegmentsThatASourceLeavesOutAreGaps) {
  source_.begin();
  source_.segments(0, 1);
  for (std::uint32_t segment = 1; segment < 3; ++segment) {
    for (std::uint32_t part = 0; part < 4; ++part) {
      source_.audio(segment, part);
    }
  }
  EXPECT_TRUE(timeline_.snapshot(kAudio)->holds(1));
  const auto placed = source_.video(2, 0);
  ASSERT_GE(placed.size(), 2U);
  EXPECT_TRUE(placed[0].part->is_gap);
  EXPECT_EQ(placed[0].part->msn, 1U);
  EXPECT_EQ(placed[0].part->duration, 180000U);
}

TEST_F(TimelineTest, HeldPartsOfACrashedSourceAreDropped) {
  source_.begin();
  source_.segments(0, 1);
  for (std::uint32_t part = 0; part < 4; ++part) {
    source_.video(1, part);
  }
  source_.audio(1, 0);
  EXPECT_TRUE(source_.video(2, 0).empty());
  EXPECT_TRUE(timeline_.begin_discontinuity(StretchStart::kOwnEnd).empty());
  EXPECT_EQ(timeline_.end_of(kVideo), std::chrono::seconds(4));
  test::Source slate(timeline_);
  slate.begin("slate");
  slate.video(0, 0);
  EXPECT_EQ(slate.audio(0, 0)[0].part->msn, 2U);
}

TEST_F(TimelineTest, TwoDiscontinuitiesInARowAreOne) {
  source_.begin();
  source_.segments(0, 1);
  static_cast<void>(timeline_.begin_discontinuity(StretchStart::kOwnEnd));
  EXPECT_TRUE(timeline_.begin_discontinuity(StretchStart::kTogether).empty());
  test::Source other(timeline_);
  other.begin("other");
  other.segments(0, 1);
  const std::string text = text_of(timeline_.snapshot(kVideo));
  const auto first = text.find("#EXT-X-DISCONTINUITY\n");
  EXPECT_NE(first, std::string::npos);
  EXPECT_EQ(text.find("#EXT-X-DISCONTINUITY\n", first + 1), std::string::npos);
}

TEST_F(TimelineTest, RefusesWhatWouldBreakIt) {
  Fragment fragment;
  fragment.bytes = share(test::make_fragment(0));
  fragment.duration = 45000;
  EXPECT_EQ(timeline_.add(kVideo, fragment).error().message,
            "track \"v720\": a part before its init segment");
  EXPECT_FALSE(timeline_.set_init(kVideo, share(Bytes{1, 2, 3})));
  source_.begin();
  source_.segments(0, 1);
  EXPECT_EQ(timeline_.set_init(kVideo, share(test::make_init("x"))).error().kind,
            ErrorKind::kConflict);
  fragment.decode_time = 180000 - 90000;
  EXPECT_EQ(timeline_.add(kVideo, fragment).error().kind, ErrorKind::kMedia);
  fragment.segment = 1;
  fragment.decode_time = 180000;
  fragment.bytes = share(Bytes{0, 0, 0, 8});
  EXPECT_EQ(timeline_.add(kVideo, fragment).error().kind, ErrorKind::kMedia);
  source_.segments(1, 1);
  EXPECT_TRUE(timeline_.snapshot(kVideo)->holds(1));
}

TEST_F(TimelineTest, TrackThatNeverComesIsAnErrorInTheEnd) {
  source_.begin();
  Fragment fragment;
  fragment.duration = 45000;
  fragment.bytes = share(test::make_fragment(0));
  Result<std::vector<PlacedPart>> placed;
  for (int i = 0; i < 200 && placed; ++i) {
    fragment.decode_time = static_cast<std::uint64_t>(i) * 45000;
    fragment.segment = static_cast<std::uint32_t>(i / 4);
    fragment.part = static_cast<std::uint32_t>(i % 4);
    placed = timeline_.add(kVideo, fragment);
  }
  EXPECT_FALSE(placed);
}

TEST_F(TimelineTest, EndsWithEverythingThatWasAnnounced) {
  source_.begin();
  source_.segments(0, 1);
  source_.video(1, 0);
  source_.audio(1, 0);
  timeline_.end();
  EXPECT_TRUE(text_of(timeline_.snapshot(kVideo))
                  .ends_with("#EXTINF:0.499998,\nv720/1-1.m4s\n#EXT-X-ENDLIST\n"));
  EXPECT_TRUE(timeline_.snapshot(kVideo)->is_ended());
}

TEST_F(TimelineTest, GoesOnFromARecordingUnderTheNextRun) {
  source_.begin();
  source_.segments(0, 8);
  TimelineState state;
  state.run = 2;
  state.next_msn = 8;
  for (std::size_t i = 0; i < 2; ++i) {
    TimelineState::TrackState track;
    track.end_time = i == kVideo ? 8U * 180000 : 750U * 1024;
    track.init = 1;
    track.inits[1] = share(test::make_init("feed"));
    for (std::uint64_t msn = 6; msn < 8; ++msn) {
      Part part;
      part.msn = msn;
      part.decode_time = msn * 2 * timeline_.tracks()[i].timescale;
      part.duration = 2 * timeline_.tracks()[i].timescale;
      part.date = from_epoch_ms(test::kStartMs + static_cast<std::int64_t>(msn) * 2000);
      auto segment = begin_segment(std::make_shared<const Part>(part));
      segment.is_complete = true;
      track.segments.push_back(std::make_shared<const Segment>(segment));
    }
    state.tracks.push_back(std::move(track));
  }
  Timeline resumed({test::video_track(), test::audio_track()}, {}, std::move(state));

  const auto before = resumed.snapshot(kVideo);
  EXPECT_NE(text_of(before).find("v720/1-7.m4s\n#EXT-X-PRELOAD-HINT:TYPE=PART,"
                                 "URI=\"v720/2-8.0.m4s\"\n"),
            std::string::npos)
      << text_of(before);
  EXPECT_EQ(before->find(SegmentName{1, 7}).state, MediaLookup::State::kElsewhere);

  test::Source again(resumed, test::kStartMs + 60'000);
  again.begin("again");
  again.segments(0, 1);
  const std::string text = text_of(resumed.snapshot(kVideo));
  EXPECT_NE(text.find("v720/1-7.m4s\n"
                      "#EXT-X-DISCONTINUITY\n"
                      "#EXT-X-MAP:URI=\"v720/init-2.mp4\"\n"
                      "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:01:00.000Z\n"
                      "#EXT-X-PART:DURATION=0.499998,URI=\"v720/2-8.0.m4s\",INDEPENDENT=YES\n"),
            std::string::npos)
      << text;
}

TEST_F(TimelineTest, ChannelNamesItsTracks) {
  const auto channel = timeline_.channel("take/");
  EXPECT_EQ(channel->tracks, (std::vector<std::string>{"v720", "a0"}));
  EXPECT_NE(as_text(*channel->playlist.plain).find("take/v720.m3u8\n"), std::string_view::npos);
}

}  // namespace
}  // namespace estrad::hls
