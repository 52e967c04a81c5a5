#include "hls/request_rules.h"

#include <gtest/gtest.h>

#include "unit/hls/source.h"

namespace estrad::hls {
namespace {

using enum PlaylistAnswer;

TEST(PlaylistRequest, ReadsTheDirectives) {
  const auto request =
      parse_playlist_request("a=b&_HLS_msn=17&_HLS_part=2&_HLS_skip=v2&&x").value();
  EXPECT_EQ(request.msn, 17U);
  EXPECT_EQ(request.part, 2U);
  EXPECT_TRUE(request.skip);
  EXPECT_FALSE(parse_playlist_request("").value().is_blocking());
}

TEST(PlaylistRequest, RefusesWhatIsNoDirective) {
  for (const char* query :
       {"_HLS_part=1", "_HLS_msn=", "_HLS_msn", "_HLS_msn=-1", "_HLS_msn=1.5",
        "_HLS_msn=99999999999999999999", "_HLS_msn=1&_HLS_msn=2", "_HLS_msn=1&_HLS_part=x"}) {
    const auto request = parse_playlist_request(query);
    ASSERT_FALSE(request) << query;
    EXPECT_EQ(request.error().kind, ErrorKind::kInvalidInput);
    EXPECT_FALSE(request.error().field.empty());
  }
}

/// Segments 0 to 3 are complete, 4 has two parts.
class Rules : public testing::Test {
 protected:
  Rules() {
    source_.begin();
    source_.segments(0, 4);
    for (std::uint32_t part = 0; part < 2; ++part) {
      source_.video(4, part);
      source_.audio(4, part);
    }
  }
  PlaylistAnswer ask(std::string_view query, milliseconds waited = milliseconds(0)) {
    return decide(parse_playlist_request(query).value(), *timeline_.snapshot(kTrack), waited);
  }

  static constexpr std::size_t kTrack = test::kVideo;
  Timeline timeline_{{test::video_track(), test::audio_track()}, {}};
  test::Source source_{timeline_};
};

TEST_F(Rules, WhatIsListedIsAnsweredAtOnce) {
  EXPECT_EQ(ask(""), kNow);
  EXPECT_EQ(ask("_HLS_msn=0"), kNow);
  EXPECT_EQ(ask("_HLS_msn=3"), kNow);
  EXPECT_EQ(ask("_HLS_msn=3&_HLS_part=3"), kNow);
  EXPECT_EQ(ask("_HLS_msn=4&_HLS_part=1"), kNow);
}

TEST_F(Rules, WhatComesNextIsWaitedFor) {
  EXPECT_EQ(ask("_HLS_msn=4"), kWait);
  EXPECT_EQ(ask("_HLS_msn=4&_HLS_part=2"), kWait);
  EXPECT_EQ(ask("_HLS_msn=5&_HLS_part=0"), kWait);
  EXPECT_EQ(ask("_HLS_msn=5"), kWait);
}

TEST_F(Rules, PartPastTheLastMeansTheFirstOfTheNextSegment) {
  EXPECT_EQ(ask("_HLS_msn=3&_HLS_part=4"), kNow);
  source_.video(4, 2);
  source_.audio(4, 2);
  source_.video(4, 3);
  source_.audio(4, 3);
  EXPECT_EQ(ask("_HLS_msn=4&_HLS_part=4"), kWait);
  source_.video(5, 0);
  EXPECT_EQ(ask("_HLS_msn=4&_HLS_part=4"), kNow);
}

TEST_F(Rules, TooFarAheadIsRefused) {
  EXPECT_EQ(ask("_HLS_msn=6"), kTooFar);
  EXPECT_EQ(ask("_HLS_msn=18446744073709551615&_HLS_part=18446744073709551615"), kTooFar);
  // Three seconds are six parts of 0.512 s; parts 0 and 1 are listed.
  EXPECT_EQ(ask("_HLS_msn=4&_HLS_part=7"), kWait);
  EXPECT_EQ(ask("_HLS_msn=4&_HLS_part=8"), kTooFar);
  EXPECT_EQ(ask("_HLS_msn=5&_HLS_part=6"), kTooFar);
}

TEST_F(Rules, BlockedForThreeTargetDurationsIsGivenUp) {
  EXPECT_EQ(ask("_HLS_msn=5", milliseconds(5999)), kWait);
  EXPECT_EQ(ask("_HLS_msn=5", milliseconds(6000)), kWaitedOut);
  EXPECT_EQ(ask("_HLS_msn=3", milliseconds(6000)), kNow);
}

TEST_F(Rules, AfterTheEndNothingIsWaitedFor) {
  timeline_.end();
  EXPECT_EQ(ask("_HLS_msn=5&_HLS_part=1"), kNow);
  EXPECT_EQ(ask("_HLS_msn=500"), kNow);
}

TEST(RulesAtTheStart, TheFirstSegmentIsWaitedFor) {
  Timeline timeline({test::video_track(), test::audio_track()}, {});
  const auto ask = [&](std::string_view query) {
    return decide(parse_playlist_request(query).value(), *timeline.snapshot(0), milliseconds(0));
  };
  EXPECT_EQ(ask("_HLS_msn=0&_HLS_part=0"), kWait);
  EXPECT_EQ(ask("_HLS_msn=1"), kWait);
  EXPECT_EQ(ask("_HLS_msn=2"), kTooFar);
}

}  // namespace
}  // namespace estrad::hls
