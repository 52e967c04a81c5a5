#include "hls/multivariant.h"

#include <chrono>

#include <gtest/gtest.h>

#include "unit/hls/source.h"

namespace estrad::hls {
namespace {

using std::chrono::seconds;

TEST(Multivariant, NamesEveryRenditionAndAnAudioOnlyVariant) {
  const Track high = test::video_track();
  Track low = test::video_track();
  low.name = "v360";
  low.codecs = "avc1.64001e";
  low.width = 640;
  low.height = 360;
  low.frame_rate = 29.97;
  Track audio = test::audio_track();
  audio.language = "sv";
  audio.label = "Svenska";
  const Bandwidth high_rate(2'500'000);
  const Bandwidth low_rate(700'000);
  const Bandwidth audio_rate(128'000);
  EXPECT_EQ(
      render_multivariant(
          std::vector<Rendition>{{high, high_rate}, {low, low_rate}, {audio, audio_rate}}, "t4k3/"),
      "#EXTM3U\n"
      "#EXT-X-VERSION:6\n"
      "#EXT-X-INDEPENDENT-SEGMENTS\n"
      "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"Svenska\",LANGUAGE=\"sv\",DEFAULT=YES,"
      "AUTOSELECT=YES,CHANNELS=\"2\",URI=\"t4k3/a0.m3u8\"\n"
      "#EXT-X-STREAM-INF:BANDWIDTH=2628000,AVERAGE-BANDWIDTH=2628000,"
      "CODECS=\"avc1.64001f,mp4a.40.2\",RESOLUTION=1280x720,FRAME-RATE=30.000,"
      "AUDIO=\"audio\",CLOSED-CAPTIONS=NONE\n"
      "t4k3/v720.m3u8\n"
      "#EXT-X-STREAM-INF:BANDWIDTH=828000,AVERAGE-BANDWIDTH=828000,"
      "CODECS=\"avc1.64001e,mp4a.40.2\",RESOLUTION=640x360,FRAME-RATE=29.970,"
      "AUDIO=\"audio\",CLOSED-CAPTIONS=NONE\n"
      "t4k3/v360.m3u8\n"
      "#EXT-X-STREAM-INF:BANDWIDTH=128000,AVERAGE-BANDWIDTH=128000,CODECS=\"mp4a.40.2\","
      "AUDIO=\"audio\"\n"
      "t4k3/a0.m3u8\n");
}

TEST(Multivariant, OnlyTheFirstAudioIsTheDefault) {
  Track swedish = test::audio_track();
  Track english = test::audio_track();
  english.name = "a1";
  const Bandwidth rate(128'000);
  const std::string text =
      render_multivariant(std::vector<Rendition>{{swedish, rate}, {english, rate}}, "");
  EXPECT_NE(text.find("NAME=\"a0\",DEFAULT=YES"), std::string::npos) << text;
  EXPECT_NE(text.find("NAME=\"a1\",DEFAULT=NO"), std::string::npos) << text;
}

TEST(Bandwidth, IsWhatWasConfiguredUntilTenSecondsWereMeasured) {
  Bandwidth bandwidth(1'000'000);
  for (int i = 0; i < 4; ++i) {
    bandwidth.add_segment(50'000, seconds(2));
  }
  EXPECT_EQ(bandwidth.peak_bps(), 1'000'000U);
  EXPECT_EQ(bandwidth.average_bps(), 1'000'000U);
  bandwidth.add_segment(100'000, seconds(2));
  EXPECT_EQ(bandwidth.peak_bps(), 400'000U);
  EXPECT_EQ(bandwidth.average_bps(), 240'000U);
}

TEST(Bandwidth, PeakIsNotLiftedByAStubOfASegment) {
  Bandwidth bandwidth(0);
  bandwidth.add_segment(250'000, seconds(20));
  bandwidth.add_segment(250'000, std::chrono::milliseconds(100));
  EXPECT_EQ(bandwidth.peak_bps(), 100'000U);
}

}  // namespace
}  // namespace estrad::hls
