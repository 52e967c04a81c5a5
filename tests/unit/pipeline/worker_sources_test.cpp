// Odd sources through a real worker: what comes out is regular all the same.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sysexits.h>

#include "pipeline/media_time.h"
#include "worker_process.h"

namespace estrad::pipeline {
namespace {

std::string picture(const std::string& size, const std::string& rate, double seconds) {
  return "-f lavfi -i testsrc2=size=" + size + ":rate=" + rate +
         ":duration=" + std::to_string(seconds);
}
std::string sound(const std::string& layout, int rate, double seconds) {
  return " -f lavfi -i \"aevalsrc='sin(6283*t)/2':c=" + layout + ":s=" + std::to_string(rate) +
         ":d=" + std::to_string(seconds) + "\"";
}
const std::string kVideo = " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 60";
const std::string kAudio = " -c:a aac";

/// A feed of these arguments, encoded to its end.
class Source {
 public:
  explicit Source(const std::string& arguments) {
    worker_.write(make_flv(arguments));
    EXPECT_EQ(worker_.finish(), EX_OK) << worker_.log();
  }
  [[nodiscard]] std::string video(const std::string& entries) const {
    const Probe found = probe(worker_.file(0), entries);
    EXPECT_EQ(found.complaints, "");
    return found.entries;
  }
  [[nodiscard]] std::string audio(const std::string& entries) const {
    const Probe found = probe(worker_.file(worker_.tracks().size() - 1), entries);
    EXPECT_EQ(found.complaints, "");
    return found.entries;
  }
  [[nodiscard]] const WorkerProcess& worker() const { return worker_; }
  [[nodiscard]] double seconds_of(std::size_t track) const {
    const Part last = worker_.parts(track).back();
    return static_cast<double>(last.decode_time + last.duration) /
           worker_.tracks().at(track).timescale;
  }

 private:
  WorkerProcess worker_;
};

/// Parts of a video track: none longer than PART-TARGET, none but a segment's last below 85 %.
void expect_regular_parts(const Source& source) {
  for (const Part& part : source.worker().parts(0)) {
    EXPECT_LE(part.duration, kVideoTimescale * 512U / 1000U) << part.segment << " " << part.part;
    if (!part.is_last) {
      EXPECT_GE(part.duration, kVideoTimescale * 435U / 1000U) << part.segment << " " << part.part;
    }
  }
}

TEST(Sources, EveryUsualFrameRateMakesRegularParts) {
  for (const std::string rate : {"24000/1001", "25", "30000/1001", "50", "60"}) {
    SCOPED_TRACE(rate);
    expect_regular_parts(Source(picture("320x180", rate, 4.3) + kVideo));
  }
}

TEST(Sources, AVariableFrameRateMakesRegularParts) {
  // A shared screen: many pictures while something moves, few while nothing does.
  const Source source(picture("320x180", "30", 7) + sound("stereo", 48000, 7) +
                      " -vf \"select='lt(mod(n,60),30)+not(mod(n,4))'\" -vsync vfr" + kVideo +
                      kAudio);
  expect_regular_parts(source);
  EXPECT_NEAR(source.seconds_of(0), 7, 0.2);
}

TEST(Sources, PortraitAndOldTelevisionKeepTheirShape) {
  EXPECT_EQ(Source(picture("404x720", "25", 1) + kVideo).video("width,height"), "360,640");
  EXPECT_EQ(Source(picture("720x540", "25", 1) + kVideo).video("width,height"), "640,480");
}

TEST(Sources, PixelsThatAreNotSquareAreMadeSquare) {
  const Source source(picture("720x576", "25", 1) + " -vf setsar=64/45" + kVideo);
  EXPECT_EQ(source.video("width,height,sample_aspect_ratio"), "854,480,1:1");
}

TEST(Sources, InterlacedPicturesAreMadeWhole) {
  const Source source(picture("720x576", "50", 3) + " -vf interlace" + kVideo +
                      " -flags +ilme+ildct -x264-params tff=1");
  EXPECT_EQ(source.video("field_order,nb_read_frames"), "progressive,75");
  expect_regular_parts(source);
}

TEST(Sources, SoundOfAnyLayoutBecomesStereo) {
  for (const std::string layout : {"mono", "stereo", "5.1"}) {
    SCOPED_TRACE(layout);
    const Source source(picture("320x180", "30", 3) + sound(layout, 48000, 3) + kVideo + kAudio);
    EXPECT_EQ(source.audio("sample_rate,channels"), "48000,2");
    EXPECT_NEAR(beep_time(source.worker().file(source.worker().tracks().size() - 1)), 0, 0.05);
  }
}

TEST(Sources, SoundOfAnyRateKeepsStepWithThePicture) {
  for (const int rate : {22050, 44100, 96000}) {
    SCOPED_TRACE(rate);
    const Source source(picture("320x180", "30", 5) + sound("mono", rate, 5) + kVideo + kAudio);
    EXPECT_EQ(source.audio("sample_rate,channels"), "48000,2");
    EXPECT_NEAR(source.seconds_of(source.worker().tracks().size() - 1), source.seconds_of(0), 0.05);
  }
}

TEST(Sources, SilenceIsATrackLikeAnyOther) {
  const Source source(picture("320x180", "30", 3) +
                      " -f lavfi -i anullsrc=channel_layout=stereo:sample_rate=48000 -t 3" +
                      kVideo + kAudio);
  EXPECT_EQ(source.audio("sample_rate,channels"), "48000,2");
  EXPECT_NEAR(source.seconds_of(source.worker().tracks().size() - 1), 3, 0.05);
}

}  // namespace
}  // namespace estrad::pipeline
