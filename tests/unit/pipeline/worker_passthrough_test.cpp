// The top rung as the source's own pictures: real feeds through a real worker.
#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sysexits.h>

#include "pipeline/media_time.h"
#include "worker_process.h"

namespace estrad::pipeline {
namespace {

using ::testing::HasSubstr;

/// A picture of 480 lines: two rungs.
std::string feed(double seconds, const std::string& rate, const std::string& encoder,
                 const std::string& filter = "null") {
  const std::string length = ":duration=" + std::to_string(seconds);
  return "-f lavfi -i testsrc2=size=854x480:rate=" + rate + length +
         " -f lavfi -i sine=1000:sample_rate=48000" + length + " -vf \"" + filter +
         "\" -vsync vfr -c:v libx264 -preset veryfast -pix_fmt yuv420p -crf 30 " + encoder +
         " -c:a aac -ac 2";
}

struct Cut {
  std::uint32_t segment;
  std::uint16_t part;
  std::uint64_t decode_time;
  std::uint32_t duration;
  bool operator==(const Cut&) const = default;
};

std::vector<Cut> cuts(const std::vector<Part>& parts) {
  std::vector<Cut> cuts;
  for (const Part& part : parts) {
    cuts.push_back({part.segment, part.part, part.decode_time, part.duration});
  }
  return cuts;
}

std::vector<double> segment_starts(const std::vector<Part>& parts) {
  std::vector<double> starts;
  for (const Part& part : parts) {
    if (part.part == 0) {
      starts.push_back(static_cast<double>(part.decode_time) / kVideoTimescale);
    }
  }
  return starts;
}

/// What every run must keep to, passed through or not.
void expect_sound_run(const WorkerProcess& worker, std::size_t run) {
  SCOPED_TRACE("run " + std::to_string(run));
  const auto top = worker.parts(0, run);
  ASSERT_FALSE(top.empty());
  EXPECT_EQ(cuts(worker.parts(1, run)), cuts(top));
  for (std::size_t i = 0; i < top.size(); ++i) {
    EXPECT_LE(top[i].duration, kVideoTimescale * 512U / 1000U) << i;
    EXPECT_TRUE(top[i].is_independent || top[i].part != 0) << i;
    if (i > 0) {
      EXPECT_EQ(top[i].decode_time, top[i - 1].decode_time + top[i - 1].duration) << i;
    }
  }
  EXPECT_TRUE(top.back().is_last);
  const auto starts = segment_starts(top);
  for (std::size_t i = 1; i < starts.size(); ++i) {
    EXPECT_LE(starts[i] - starts[i - 1], 2.45) << i;
  }
  EXPECT_EQ(segment_starts(worker.parts(2, run)).size(), starts.size());
  for (std::size_t track = 0; track < 3; ++track) {
    EXPECT_EQ(probe(worker.file(track, run), "codec_name").complaints, "") << track;
  }
}

int frames(const WorkerProcess& worker, std::size_t track, std::size_t run) {
  return std::stoi(probe(worker.file(track, run), "nb_read_frames").entries);
}

class Passthrough : public ::testing::Test {
 protected:
  /// Like a live feed: what breaks the rules comes after the first parts are out.
  void send(const Bytes& flv, const std::string& frozen = "") {
    worker_ = std::make_unique<WorkerProcess>(
        frozen.empty() ? std::vector<std::string>() : std::vector<std::string>{"flv", frozen},
        "standard");
    const std::size_t first = flv.size() / 3;
    worker_->write(ByteView(flv).first(first));
    ASSERT_TRUE(worker_->wait_for(
        [](const Record& record) { return std::holds_alternative<TrackList>(record); }));
    worker_->write(ByteView(flv).subspan(first));
    ASSERT_EQ(worker_->finish(), EX_OK) << worker_->log();
    for (std::size_t run = 0; run < worker_->run_count(); ++run) {
      expect_sound_run(*worker_, run);
    }
  }
  std::unique_ptr<WorkerProcess> worker_;
};

TEST_F(Passthrough, ARegularSourceGoesOutPictureForPicture) {
  const Bytes flv = make_flv(feed(5, "30", "-g 60 -bf 0"));
  send(flv);
  EXPECT_EQ(worker_->run_count(), 1U);
  EXPECT_EQ(picture_sum(worker_->file(0)), picture_sum(flv));
  EXPECT_EQ(frames(*worker_, 0, 0), 150);
  EXPECT_EQ(frames(*worker_, 1, 0), 150);
  EXPECT_THAT(segment_starts(worker_->parts(0)), ::testing::ElementsAre(0, 2, 4));
}

TEST_F(Passthrough, ReorderedPicturesGoOutPictureForPicture) {
  const Bytes flv = make_flv(feed(5, "30", "-g 60 -bf 2"));
  send(flv);
  EXPECT_EQ(worker_->run_count(), 1U) << worker_->log();
  EXPECT_EQ(picture_sum(worker_->file(0)), picture_sum(flv));
}

class PassthroughAtRate : public Passthrough, public ::testing::WithParamInterface<const char*> {};

TEST_P(PassthroughAtRate, KeepsToThePartTarget) {
  send(make_flv(
      feed(4.5, GetParam(), "-force_key_frames \"expr:gte(t,n_forced*2)\" -g 1000 -bf 2")));
  EXPECT_EQ(worker_->run_count(), 1U) << worker_->log();
}
INSTANTIATE_TEST_SUITE_P(Usual, PassthroughAtRate,
                         ::testing::Values("25", "30000/1001", "50", "60"));

TEST_F(Passthrough, KeyframesEveryHalfSecondMakeSegmentsOfTwo) {
  send(make_flv(feed(7, "30", "-g 15 -bf 0")));
  EXPECT_EQ(worker_->run_count(), 1U) << worker_->log();
  EXPECT_THAT(segment_starts(worker_->parts(0)), ::testing::ElementsAre(0, 0.5, 1, 3, 5));
}

TEST_F(Passthrough, KeyframesWhereSlidesChangeAreCutsOnAllRungs) {
  send(make_flv(feed(7, "30", "-g 60 -bf 2 -force_key_frames 0,0.7,2.5,3.1,5")));
  EXPECT_EQ(worker_->run_count(), 1U) << worker_->log();
  const auto starts = segment_starts(worker_->parts(0));
  EXPECT_GE(starts.size(), 5U);
  EXPECT_NEAR(starts.at(1), 0.7, 0.002);
}

TEST_F(Passthrough, KeyframesTenSecondsApartAreEncodedAndNoPictureIsLost) {
  send(make_flv(feed(6, "30", "-g 300 -bf 2 -sc_threshold 0")));
  ASSERT_EQ(worker_->run_count(), 2U);
  EXPECT_THAT(worker_->log(), HasSubstr("no usable keyframe"));
  for (std::size_t track = 0; track < 2; ++track) {
    EXPECT_EQ(frames(*worker_, track, 0) + frames(*worker_, track, 1), 180) << track;
  }
  EXPECT_EQ(worker_->tracks(1).at(0).width, worker_->tracks(0).at(0).width);
}

TEST_F(Passthrough, SoundGoesOnWithoutAHoleWhereEncodingBegins) {
  send(
      make_flv("-f lavfi -i testsrc2=size=854x480:rate=30:duration=5 "
               "-f lavfi -i \"aevalsrc='if(lt(t,4),0,sin(6283*t)/2)':s=48000:d=5\" -c:v libx264 "
               "-preset veryfast -pix_fmt yuv420p -g 300 -bf 2 -c:a aac -ac 2"));
  ASSERT_EQ(worker_->run_count(), 2U);
  const auto last = worker_->parts(0, 0).back();
  const double end = static_cast<double>(last.decode_time + last.duration) / kVideoTimescale;
  EXPECT_NEAR(end + beep_time(worker_->file(2, 1)), 4.0, 0.06);
}

TEST_F(Passthrough, TooManyBitsAreEncoded) {
  send(make_flv(feed(9, "30", "-g 60 -bf 0 -crf 5")));
  ASSERT_EQ(worker_->run_count(), 2U);
  EXPECT_THAT(worker_->log(), HasSubstr("more than the ladder's 2500"));
}

TEST_F(Passthrough, ASmallHoleIsPassedThroughALongOneIsEncoded) {
  send(make_flv(feed(6, "30", "-g 60 -bf 0", "select='not(between(t,2.6,2.8))'")));
  EXPECT_EQ(worker_->run_count(), 1U) << worker_->log();
  send(make_flv(feed(6, "30", "-g 60 -bf 0", "select='not(between(t,2.6,3.3))'")));
  ASSERT_EQ(worker_->run_count(), 2U) << worker_->log();
  const auto last = worker_->parts(0, 1).back();
  EXPECT_NEAR(static_cast<double>(last.decode_time + last.duration) / kVideoTimescale, 6 - 2.6,
              0.1);
}

TEST_F(Passthrough, APictureThatStandsStillIsEncodedAndHeld) {
  send(
      make_flv("-f lavfi -i testsrc2=size=854x480:rate=30:duration=2.5 -f lavfi -i "
               "sine=1000:sample_rate=48000:duration=7 -c:v libx264 -preset ultrafast -pix_fmt "
               "yuv420p -g 60 -crf 35 -c:a aac -ac 2"));
  ASSERT_EQ(worker_->run_count(), 2U) << worker_->log();
  const auto last = worker_->parts(0, 1).back();
  EXPECT_GE(static_cast<double>(last.decode_time + last.duration) / kVideoTimescale, 3);
}

TEST_F(Passthrough, AnEncoderThatChangesItsSizeIsEncoded) {
  Bytes flv = make_flv(feed(3, "30", "-g 60 -bf 0"));
  const Bytes other = make_flv(feed(3, "30", "-g 60 -bf 0", "scale=640:360"));
  flv.insert(flv.end(), other.begin(), other.end());
  send(flv);
  ASSERT_EQ(worker_->run_count(), 2U) << worker_->log();
  EXPECT_THAT(worker_->log(), HasSubstr("the encoder has changed its settings"));
  EXPECT_EQ(worker_->tracks(1).at(0).height, 480U);
}

TEST_F(Passthrough, PixelsThatAreNotSquareAreEncoded) {
  send(make_flv(feed(1.5, "30", "-g 60", "scale=800:480,setsar=16/15")));
  EXPECT_THAT(worker_->log(), HasSubstr("its pixels are not square"));
}

TEST_F(Passthrough, ASizeThatIsNotTheRungsIsEncoded) {
  send(make_flv(feed(1.5, "30", "-g 60", "scale=1000:562,setsar=1")));
  EXPECT_THAT(worker_->log(), HasSubstr("it is 1000x562, not 854x480"));
}

TEST_F(Passthrough, ColoursThatNotEveryPlayerDecodesAreEncoded) {
  send(make_flv(feed(1.5, "30", "-g 60 -pix_fmt yuv444p")));
  EXPECT_THAT(worker_->log(), HasSubstr("not 8 bit 4:2:0"));
}

const std::string kFrozen =
    R"({"video":[{"name":"v480","width":854,"height":480,"bitrate":1200000},)"
    R"({"name":"v180","width":320,"height":180,"bitrate":300000}]})";

TEST_F(Passthrough, FrozenTracksArePassedThroughWhenTheSizeIsTheSame) {
  const Bytes flv = make_flv(feed(2.5, "30", "-g 60 -bf 0"));
  send(flv, kFrozen);
  EXPECT_EQ(picture_sum(worker_->file(0)), picture_sum(flv));
}

TEST_F(Passthrough, FrozenTracksStayAsTheyAreForASourceOfAnotherSize) {
  send(make_flv(feed(1.5, "30", "-g 60 -bf 0", "scale=640:360,setsar=1")), kFrozen);
  EXPECT_THAT(worker_->log(), HasSubstr("it is 640x360, not 854x480"));
  EXPECT_EQ(worker_->tracks().at(0).width, 854U);
}

TEST_F(Passthrough, ALadderOfTheSourceAloneNeedsNoVideoEncoder) {
  const Bytes flv = make_flv(feed(3, "30", "-g 60 -bf 2"));
  WorkerProcess worker({}, "passthrough");
  worker.write(flv);
  ASSERT_EQ(worker.finish(), EX_OK) << worker.log();
  ASSERT_EQ(worker.tracks().size(), 2U);
  EXPECT_EQ(worker.tracks()[0].name, "v480");
  EXPECT_EQ(picture_sum(worker.file(0)), picture_sum(flv));
}

TEST_F(Passthrough, ACutWaitsForTheSourcesNextKeyframe) {
  const Bytes flv = make_flv(feed(8, "30", "-g 15 -bf 0"));
  const auto half = flv.size() / 4;
  WorkerProcess worker({}, "standard");
  worker.write(ByteView(flv).first(half));
  ASSERT_TRUE(worker.wait_for([](const Record& record) {
    const auto* part = std::get_if<Part>(&record);
    return part != nullptr && part->track == 0 && part->segment == 2 && part->part == 0;
  }));
  worker.control(Control::kCut);
  worker.write(ByteView(flv).subspan(half));
  ASSERT_EQ(worker.finish(), EX_OK) << worker.log();
  expect_sound_run(worker, 0);
  const auto starts = segment_starts(worker.parts(0));
  const bool has_short =
      std::adjacent_find(starts.begin() + 2, starts.end(),
                         [](double a, double b) { return b - a < 1.9; }) != starts.end();
  EXPECT_TRUE(has_short);
}

TEST_F(Passthrough, DamagedUnitsAreNotPassedOn) {
  Bytes flv = make_flv(feed(4, "30", "-g 60 -bf 0"));
  for (std::size_t at = flv.size() / 2; at + 64 < flv.size(); at += 3'001) {
    flv[at] ^= 0x55;
  }
  WorkerProcess worker({}, "standard");
  worker.write(flv);
  const int code = worker.finish();
  EXPECT_TRUE(code == EX_OK || code == EX_DATAERR) << code << worker.log();
}

}  // namespace
}  // namespace estrad::pipeline
