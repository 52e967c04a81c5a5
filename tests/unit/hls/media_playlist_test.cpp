#include "hls/media_playlist.h"

#include <memory>

#include <gtest/gtest.h>

#include "unit/hls/source.h"

namespace estrad::hls {
namespace {

/// Segments of 2 s in four parts, the first at 13:00:00 with segment number 10.
class MediaPlaylist : public testing::Test {
 protected:
  Segment& open(std::uint32_t parts = 4) {
    auto segment = std::make_shared<Segment>();
    for (std::uint32_t i = 0; i < parts; ++i) {
      Part part;
      part.msn = msn_;
      part.index = i;
      part.init = init_;
      part.decode_time = time_;
      part.duration = 45000;
      part.is_independent = i == 0;
      part.starts_discontinuity = starts_discontinuity_ && i == 0;
      part.discontinuity_sequence = discontinuity_sequence_;
      part.date = from_epoch_ms(test::kStartMs + static_cast<std::int64_t>(time_ / 90));
      time_ += part.duration;
      auto shared = std::make_shared<const Part>(part);
      if (i == 0) {
        *segment = begin_segment(shared);
      } else {
        extend(*segment, shared);
      }
    }
    ++msn_;
    starts_discontinuity_ = false;
    segments_.push_back(segment);
    return *segment;
  }
  Segment& whole() {
    Segment& segment = open();
    segment.is_complete = true;
    return segment;
  }
  void discontinuity(std::uint32_t init) {
    starts_discontinuity_ = true;
    ++discontinuity_sequence_;
    init_ = init;
  }
  std::string live(PartName next, bool is_ended = false) {
    const PlaylistTiming timing = make_timing(milliseconds(2000), milliseconds(500), 48000);
    const LiveText text =
        render_live({test::video_track(), timing, history_, segments_, reports_, next, is_ended});
    delta_ = text.delta_head.empty() ? "" : text.delta_head + text.tail;
    return text.head + text.tail;
  }
  std::string recorded() {
    std::vector<SegmentInfo> infos;
    for (const SegmentPtr& segment : segments_) {
      infos.push_back(segment->info);
    }
    return render_recorded(test::video_track(), {}, infos);
  }

  HistoryText history_;
  std::vector<SegmentPtr> segments_;
  std::vector<RenditionReport> reports_;
  std::string delta_;
  std::uint64_t msn_ = 10;
  std::uint64_t time_ = 0;
  std::uint32_t init_ = 1;
  bool starts_discontinuity_ = false;
  std::uint64_t discontinuity_sequence_ = 0;
};

constexpr const char* kHead =
    "#EXTM3U\n"
    "#EXT-X-VERSION:6\n"
    "#EXT-X-TARGETDURATION:2\n"
    "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12.00000,HOLD-BACK=6.00000,"
    "PART-HOLD-BACK=1.53600\n"
    "#EXT-X-PART-INF:PART-TARGET=0.51200\n";

TEST_F(MediaPlaylist, ListsPartsAndDatesOnlyInTheLastThreeTargetDurations) {
  for (int i = 0; i < 4; ++i) {
    whole();
  }
  open(2);
  EXPECT_EQ(live({1, 14, 2}),
            std::string(kHead) +
                "#EXT-X-MEDIA-SEQUENCE:10\n"
                "#EXT-X-MAP:URI=\"v720/init-1.mp4\"\n"
                "#EXTINF:1.999998,\n"
                "v720/1-10.m4s\n"
                "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:02.000Z\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-11.0.m4s\",INDEPENDENT=YES\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-11.1.m4s\"\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-11.2.m4s\"\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-11.3.m4s\"\n"
                "#EXTINF:1.999998,\n"
                "v720/1-11.m4s\n"
                "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:04.000Z\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-12.0.m4s\",INDEPENDENT=YES\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-12.1.m4s\"\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-12.2.m4s\"\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-12.3.m4s\"\n"
                "#EXTINF:1.999998,\n"
                "v720/1-12.m4s\n"
                "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:06.000Z\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-13.0.m4s\",INDEPENDENT=YES\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-13.1.m4s\"\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-13.2.m4s\"\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-13.3.m4s\"\n"
                "#EXTINF:1.999998,\n"
                "v720/1-13.m4s\n"
                "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:08.000Z\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-14.0.m4s\",INDEPENDENT=YES\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-14.1.m4s\"\n"
                "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"v720/1-14.2.m4s\"\n");
}

TEST_F(MediaPlaylist, HintsTheFirstPartEvenBeforeAnythingIsThere) {
  EXPECT_EQ(live({1, 0, 0}), std::string(kHead) +
                                 "#EXT-X-MEDIA-SEQUENCE:0\n"
                                 "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"v720/1-0.0.m4s\"\n");
}

TEST_F(MediaPlaylist, MarksADiscontinuityWithItsInitSegmentAndDateBeforeItsFirstPart) {
  whole();
  discontinuity(2);
  open(1);
  EXPECT_EQ(live({1, 11, 1}),
            std::string(kHead) +
                "#EXT-X-MEDIA-SEQUENCE:10\n"
                "#EXT-X-MAP:URI=\"v720/init-1.mp4\"\n"
                "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:00.000Z\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-10.0.m4s\",INDEPENDENT=YES\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-10.1.m4s\"\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-10.2.m4s\"\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-10.3.m4s\"\n"
                "#EXTINF:1.999998,\n"
                "v720/1-10.m4s\n"
                "#EXT-X-DISCONTINUITY\n"
                "#EXT-X-MAP:URI=\"v720/init-2.mp4\"\n"
                "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:02.000Z\n"
                "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-11.0.m4s\",INDEPENDENT=YES\n"
                "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"v720/1-11.1.m4s\"\n");
}

TEST_F(MediaPlaylist, CountsADiscontinuityOnlyWhenItsTagHasLeft) {
  discontinuity(2);
  whole();
  EXPECT_EQ(live({1, 11, 0}).find("#EXT-X-DISCONTINUITY-SEQUENCE"), std::string::npos);
  whole();
  segments_.erase(segments_.begin());
  const std::string text = live({1, 12, 0});
  EXPECT_NE(text.find("#EXT-X-MEDIA-SEQUENCE:11\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n"),
            std::string::npos);
  EXPECT_EQ(text.find("#EXT-X-DISCONTINUITY\n"), std::string::npos);
}

TEST_F(MediaPlaylist, EndedHasNoHintButAnEnd) {
  whole();
  const std::string text = live({1, 11, 0}, true);
  EXPECT_EQ(text.find("PRELOAD-HINT"), std::string::npos);
  EXPECT_TRUE(text.ends_with("v720/1-10.m4s\n#EXT-X-ENDLIST\n")) << text;
}

TEST_F(MediaPlaylist, ReportsTheOtherRenditionsAtItsEnd) {
  whole();
  reports_ = {{"v360", 10, 3}, {"a0", 11, 0}};
  const std::string text = live({1, 11, 0});
  EXPECT_TRUE(
      text.ends_with("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"v720/1-11.0.m4s\"\n"
                     "#EXT-X-RENDITION-REPORT:URI=\"v360.m3u8\",LAST-MSN=10,LAST-PART=3\n"
                     "#EXT-X-RENDITION-REPORT:URI=\"a0.m3u8\",LAST-MSN=11,LAST-PART=0\n"))
      << text;
  EXPECT_EQ(live({1, 11, 0}, true).find("RENDITION-REPORT"), std::string::npos);
}

TEST_F(MediaPlaylist, DeltaUpdateSkipsTheHistory) {
  whole();
  whole();
  history_.segments = 8;
  history_.oldest.msn = 2;
  history_.init = 1;
  EXPECT_EQ(live({1, 12, 0}).find("EXT-X-SKIP"), std::string::npos);
  EXPECT_TRUE(
      delta_.starts_with("#EXTM3U\n"
                         "#EXT-X-VERSION:9\n"
                         "#EXT-X-TARGETDURATION:2\n"
                         "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12.00000,"
                         "HOLD-BACK=6.00000,PART-HOLD-BACK=1.53600\n"
                         "#EXT-X-PART-INF:PART-TARGET=0.51200\n"
                         "#EXT-X-MEDIA-SEQUENCE:2\n"
                         "#EXT-X-SKIP:SKIPPED-SEGMENTS=8\n"
                         // The EXT-X-MAP of the skipped segments goes on.
                         "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:00.000Z\n"
                         "#EXT-X-PART:DURATION=0.499998,URI=\"v720/1-10.0.m4s\""))
      << delta_;
  EXPECT_NE(live({1, 12, 0}, true), "");
  EXPECT_EQ(delta_, "") << "no delta update of an ended playlist";
}

TEST_F(MediaPlaylist, GapHasNoParts) {
  whole().info.is_gap = true;
  EXPECT_EQ(live({1, 11, 0}), std::string(kHead) +
                                  "#EXT-X-MEDIA-SEQUENCE:10\n"
                                  "#EXT-X-MAP:URI=\"v720/init-1.mp4\"\n"
                                  "#EXT-X-GAP\n"
                                  "#EXTINF:1.999998,\n"
                                  "v720/1-10.m4s\n"
                                  "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"v720/1-11.0.m4s\"\n");
}

TEST_F(MediaPlaylist, RecordingListsAllSegmentsWithDatesAtTheStartAndAtDiscontinuities) {
  msn_ = 0;
  whole();
  whole();
  discontinuity(2);
  whole().info.run = 2;
  whole().info.is_gap = true;
  EXPECT_EQ(recorded(),
            "#EXTM3U\n"
            "#EXT-X-VERSION:6\n"
            "#EXT-X-TARGETDURATION:2\n"
            "#EXT-X-PLAYLIST-TYPE:VOD\n"
            "#EXT-X-MEDIA-SEQUENCE:0\n"
            "#EXT-X-MAP:URI=\"v720/init-1.mp4\"\n"
            "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:00.000Z\n"
            "#EXTINF:1.999998,\n"
            "v720/1-0.m4s\n"
            "#EXTINF:1.999998,\n"
            "v720/1-1.m4s\n"
            "#EXT-X-DISCONTINUITY\n"
            "#EXT-X-MAP:URI=\"v720/init-2.mp4\"\n"
            "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:04.000Z\n"
            "#EXTINF:1.999998,\n"
            "v720/2-2.m4s\n"
            "#EXT-X-GAP\n"
            "#EXTINF:1.999998,\n"
            "v720/1-3.m4s\n"
            "#EXT-X-ENDLIST\n");
}

TEST_F(MediaPlaylist, RecordingCoversItsLongestSegment) {
  whole().info.duration = 90000 * 7 / 2;
  EXPECT_NE(recorded().find("#EXT-X-TARGETDURATION:4\n"), std::string::npos);
}

TEST(PlaylistTiming, PartTargetIsWholeAacFrames) {
  EXPECT_EQ(make_timing(milliseconds(2000), milliseconds(500), 48000).part_target,
            std::chrono::microseconds(512'000));
  EXPECT_EQ(make_timing(milliseconds(2000), milliseconds(200), 48000).part_target,
            std::chrono::microseconds(213'340));
  EXPECT_EQ(make_timing(milliseconds(2000), milliseconds(500), 44100).part_target,
            std::chrono::microseconds(510'840));
}

TEST(PlaylistTiming, TargetDurationIsInWholeSeconds) {
  EXPECT_EQ(make_timing(milliseconds(2500), milliseconds(500), 48000).target_duration,
            std::chrono::seconds(3));
}

}  // namespace
}  // namespace estrad::hls
