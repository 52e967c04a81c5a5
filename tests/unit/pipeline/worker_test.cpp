#include "pipeline/worker.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sysexits.h>

#include "flv_bytes.h"
#include "pipeline/media_time.h"
#include "worker_process.h"

namespace estrad::pipeline {
namespace {

using ::testing::HasSubstr;

/// Small and fast: one rung is enough for most rules.
std::string picture(const std::string& size, const std::string& rate, double seconds) {
  return "-f lavfi -i testsrc2=size=" + size + ":rate=" + rate +
         ":duration=" + std::to_string(seconds);
}
std::string sound(double seconds) {
  return " -f lavfi -i sine=1000:sample_rate=44100:duration=" + std::to_string(seconds);
}
const std::string kCodecs =
    " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 250 -bf 2 -c:a aac -ac 2";

std::vector<std::pair<std::uint32_t, std::uint64_t>> segment_starts(
    const std::vector<Part>& parts) {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> starts;
  for (const Part& part : parts) {
    if (part.part == 0) {
      starts.emplace_back(part.segment, part.decode_time);
    }
  }
  return starts;
}

void expect_unbroken(const std::vector<Part>& parts) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const Part& last = parts[i - 1];
    EXPECT_EQ(parts[i].decode_time, last.decode_time + last.duration) << i;
    EXPECT_EQ(parts[i].segment, last.segment + (last.is_last ? 1 : 0)) << i;
    EXPECT_EQ(parts[i].part, last.is_last ? 0 : last.part + 1) << i;
  }
  ASSERT_FALSE(parts.empty());
  EXPECT_TRUE(parts.back().is_last);
}

/// Every flag, checked against the media by asking which frames ffprobe calls keyframes would be
/// slow; the sample flags of the part's first sample say the same.
bool begins_with_sync_sample(const Part& part) {
  const std::string_view bytes = as_text(part.bytes);
  const std::size_t trun = bytes.find("trun");
  ByteReader in(ByteView(part.bytes).subspan(trun + 4));
  const std::uint32_t flags = in.u32();
  in.skip(4);
  if ((flags & 1U) != 0) {
    in.skip(4);
  }
  if ((flags & 4U) != 0) {
    return (in.u32() & 0x10000U) == 0;
  }
  if ((flags & 0x400U) == 0) {
    // All samples have the default flags of tfhd: of video those are not sync.
    return false;
  }
  in.skip(((flags & 0x100U) != 0 ? 4U : 0U) + ((flags & 0x200U) != 0 ? 4U : 0U));
  return (in.u32() & 0x10000U) == 0;
}

class FeedOf5Seconds : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    worker_ = std::make_unique<WorkerProcess>();
    worker_->write(make_flv(picture("854x480", "30", 5) + sound(5) + kCodecs));
    exit_code_ = worker_->finish();
  }
  static void TearDownTestSuite() { worker_.reset(); }

  static std::unique_ptr<WorkerProcess> worker_;
  static int exit_code_;
};
std::unique_ptr<WorkerProcess> FeedOf5Seconds::worker_;
int FeedOf5Seconds::exit_code_ = -1;

TEST_F(FeedOf5Seconds, BecomesTheTracksOfTheLadder) {
  EXPECT_EQ(exit_code_, EX_OK);
  const auto tracks = worker_->tracks();
  ASSERT_EQ(tracks.size(), 3U);
  EXPECT_EQ(tracks[0].name, "v480");
  EXPECT_THAT(tracks[0].codecs, HasSubstr("avc1.6400"));
  EXPECT_EQ(tracks[0].frame_rate, 30);
  EXPECT_EQ(tracks[1].name, "v360");
  EXPECT_EQ(tracks[1].width, 640U);
  EXPECT_EQ(tracks[2].name, "a0");
  EXPECT_EQ(tracks[2].codecs, "mp4a.40.2");
}

TEST_F(FeedOf5Seconds, HasPartsWithoutHolesOnEveryTrack) {
  for (std::size_t track = 0; track < 3; ++track) {
    SCOPED_TRACE(track);
    expect_unbroken(worker_->parts(track));
  }
}

TEST_F(FeedOf5Seconds, IsCutAtTheSameTimesOnAllRungs) {
  const auto starts = segment_starts(worker_->parts(0));
  EXPECT_EQ(starts.size(), 3U);
  EXPECT_EQ(segment_starts(worker_->parts(1)), starts);
  for (const auto& [segment, time] : starts) {
    EXPECT_NEAR(static_cast<double>(time), segment * 2.0 * kVideoTimescale, 0.02 * kVideoTimescale);
  }
}

TEST_F(FeedOf5Seconds, SoundIsCutWithinOneFrameOfThePicture) {
  const auto video = segment_starts(worker_->parts(0));
  const auto audio = segment_starts(worker_->parts(2));
  ASSERT_EQ(audio.size(), video.size());
  for (std::size_t i = 0; i < video.size(); ++i) {
    const double difference = static_cast<double>(audio[i].second) / kSampleRate -
                              static_cast<double>(video[i].second) / kVideoTimescale;
    EXPECT_LE(std::abs(difference), 1024.0 / kSampleRate);
  }
}

TEST_F(FeedOf5Seconds, PartsSayTruthfullyWhetherTheyAreIndependent) {
  for (std::size_t track = 0; track < 2; ++track) {
    for (const Part& part : worker_->parts(track)) {
      EXPECT_EQ(part.is_independent, part.part == 0);
      EXPECT_EQ(begins_with_sync_sample(part), part.is_independent);
    }
  }
}

TEST_F(FeedOf5Seconds, PartsFitThePartTarget) {
  for (const Part& part : worker_->parts(0)) {
    EXPECT_LE(part.duration, kVideoTimescale * 512U / 1000U);
  }
  for (const Part& part : worker_->parts(2)) {
    EXPECT_LE(part.duration, 24U * 1024U);
  }
}

TEST_F(FeedOf5Seconds, PlaysCleanlyFromInitAndParts) {
  const Probe video = probe(worker_->file(0), "codec_name,width,height,nb_read_frames");
  EXPECT_EQ(video.entries, "h264,854,480,150");
  EXPECT_EQ(video.complaints, "");
  const Probe audio = probe(worker_->file(2), "codec_name,sample_rate,channels");
  EXPECT_EQ(audio.entries, "aac,48000,2");
  EXPECT_EQ(audio.complaints, "");
}

TEST_F(FeedOf5Seconds, PartsAreOneMoofAndOneMdat) {
  for (std::size_t track = 0; track < 3; ++track) {
    for (const Part& part : worker_->parts(track)) {
      ByteReader in(part.bytes);
      const std::uint32_t moof = in.u32();
      EXPECT_EQ(as_text(in.take(4)), "moof");
      in.skip(moof - 8);
      const std::uint32_t mdat = in.u32();
      EXPECT_EQ(as_text(in.take(4)), "mdat");
      EXPECT_EQ(moof + mdat, part.bytes.size());
    }
  }
}

TEST(Worker, OddFrameRatesAndShapesAreTaken) {
  WorkerProcess worker;
  worker.write(make_flv(picture("321x241", "25", 3) + sound(3) + " -vf format=yuv444p" + kCodecs +
                        " -pix_fmt yuv444p"));
  ASSERT_EQ(worker.finish(), EX_OK) << worker.last_error();
  EXPECT_EQ(worker.tracks().at(0).name, "v240");
  EXPECT_EQ(probe(worker.file(0), "width,height,nb_read_frames").entries, "320,240,75");
  for (const Part& part : worker.parts(0)) {
    EXPECT_LE(part.duration, kVideoTimescale * 512U / 1000U);
  }
}

TEST(Worker, AFeedWithoutSoundGetsSilence) {
  WorkerProcess worker;
  worker.write(make_flv(picture("320x180", "30", 4) + kCodecs));
  ASSERT_EQ(worker.finish(), EX_OK);
  const auto video = worker.parts(0);
  const auto audio = worker.parts(1);
  expect_unbroken(audio);
  EXPECT_EQ(segment_starts(audio).size(), segment_starts(video).size());
  EXPECT_NEAR(static_cast<double>(audio.back().decode_time + audio.back().duration) / kSampleRate,
              4.0, 0.03);
}

TEST(Worker, SoundThatStopsDoesNotStopThePicture) {
  WorkerProcess worker;
  worker.write(make_flv(picture("320x180", "30", 5) + sound(1.5) + kCodecs));
  ASSERT_EQ(worker.finish(), EX_OK);
  EXPECT_EQ(segment_starts(worker.parts(1)).size(), 3U);
  expect_unbroken(worker.parts(1));
}

TEST(Worker, APictureThatStopsIsHeldWhileThereIsSound) {
  WorkerProcess worker;
  worker.write(make_flv(picture("320x180", "30", 1.5) + sound(6) + kCodecs));
  ASSERT_EQ(worker.finish(), EX_OK);
  expect_unbroken(worker.parts(0));
  const Part last = worker.parts(0).back();
  EXPECT_GE(static_cast<double>(last.decode_time + last.duration) / kVideoTimescale, 5);
}

TEST(Worker, SoundAndPictureStayTogether) {
  WorkerProcess worker;
  worker.write(
      make_flv("-f lavfi -i color=black:size=320x180:rate=30:duration=4 "
               "-f lavfi -i \"aevalsrc='if(lt(t,3),0,sin(6283*t)/2)':s=48000:d=4\"" +
               kCodecs));
  ASSERT_EQ(worker.finish(), EX_OK);
  EXPECT_NEAR(beep_time(worker.file(1)), 3.0, 0.03);
}

TEST(Worker, ACutBeginsASegmentOnAllTracks) {
  WorkerProcess worker;
  const Bytes feed = make_flv(picture("640x360", "30", 6) + sound(6) + kCodecs);
  const auto half = feed.size() / 2;
  worker.write(ByteView(feed).first(half));
  ASSERT_TRUE(worker.wait_for([](const Record& record) {
    const auto* part = std::get_if<Part>(&record);
    return part != nullptr && part->track == 0 && part->segment == 0 && part->is_last;
  }));
  worker.control(Control::kCut);
  worker.write(ByteView(feed).subspan(half));
  ASSERT_EQ(worker.finish(), EX_OK);
  const auto starts = segment_starts(worker.parts(0));
  ASSERT_EQ(starts.size(), 4U);
  EXPECT_LT(starts[2].second - starts[1].second, 2U * kVideoTimescale);
  for (const Part& part : worker.parts(0)) {
    EXPECT_EQ(begins_with_sync_sample(part), part.part == 0);
  }
  EXPECT_EQ(segment_starts(worker.parts(1)).size(), 4U);
}

TEST(Worker, StopGivesOutWhatItHasAndEnds) {
  WorkerProcess worker;
  worker.write(make_flv(picture("320x180", "30", 3) + sound(3) + kCodecs));
  ASSERT_TRUE(
      worker.wait_for([](const Record& record) { return std::holds_alternative<Part>(record); }));
  worker.control(Control::kStop);
  ASSERT_FALSE(worker.wait_for([](const Record&) { return false; }));
  EXPECT_EQ(worker.finish(), EX_OK);
  expect_unbroken(worker.parts(0));
}

const std::string kFrozen =
    R"({"video":[{"name":"v360","width":640,"height":360,"bitrate":700000,"frame_rate":30},)"
    R"({"name":"v180","width":320,"height":180,"bitrate":300000}],)"
    R"("audio":{"name":"a0","bitrate":128000,"language":"sv"}})";

TEST(Worker, FrozenTracksAreKeptAndAnotherShapeIsPadded) {
  WorkerProcess worker({"flv", kFrozen});
  worker.write(
      make_flv("-f lavfi -i color=white:size=480x480:rate=25:duration=2" + sound(2) + kCodecs));
  ASSERT_EQ(worker.finish(), EX_OK) << worker.last_error();
  const auto tracks = worker.tracks();
  ASSERT_EQ(tracks.size(), 3U);
  EXPECT_EQ(tracks[1].name, "v180");
  EXPECT_EQ(tracks[2].language, "sv");
  for (std::size_t track = 0; track < 2; ++track) {
    EXPECT_LT(luma_at(worker.file(track), tracks[track], 0.05, 0.5), 40);
    EXPECT_GT(luma_at(worker.file(track), tracks[track], 0.5, 0.05), 200);
  }
}

TEST(Worker, ASlateIsOneStillSegmentAndSilenceInPieces) {
  WorkerProcess worker({"slate", kFrozen, "Årsmöte & <frågor>"});
  ASSERT_EQ(worker.finish(), EX_OK) << worker.last_error();
  for (std::size_t track = 0; track < 2; ++track) {
    const auto parts = worker.parts(track);
    ASSERT_EQ(parts.size(), 4U);
    expect_unbroken(parts);
    for (const Part& part : parts) {
      EXPECT_EQ(part.segment, 0U);
      EXPECT_EQ(part.duration, kVideoTimescale / 2);
    }
    EXPECT_EQ(probe(worker.file(track), "nb_read_frames").entries, "40");
  }
  const auto pieces = worker.parts(2);
  ASSERT_EQ(pieces.size(), 24U);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    EXPECT_EQ(pieces[i].part, i);
    EXPECT_EQ(pieces[i].duration, (i + 1) * 1024);
    EXPECT_EQ(pieces[i].decode_time, 0U);
  }
}

TEST(Worker, GarbageIsAnErrorRecordAndACleanExit) {
  WorkerProcess worker;
  worker.write(as_bytes(std::string(100'000, 'x')));
  EXPECT_EQ(worker.finish(), EX_DATAERR);
  EXPECT_EQ(worker.last_error(), "the input is not FLV");
}

TEST(Worker, ADamagedFeedIsSurvived) {
  Bytes feed = make_flv(picture("320x180", "30", 4) + sound(4) + kCodecs);
  // Bytes inside payloads: what a tag says of itself stays whole.
  for (std::size_t at = 20'000; at + 64 < feed.size(); at += 7'001) {
    feed[at] ^= 0x55;
  }
  WorkerProcess worker;
  worker.write(feed);
  const int code = worker.finish();
  EXPECT_TRUE(code == EX_OK || code == EX_DATAERR) << code;
}

TEST(Worker, AFeedWithoutAPictureIsAnError) {
  WorkerProcess worker;
  worker.write(make_flv(sound(3) + " -c:a aac"));
  EXPECT_EQ(worker.finish(), EX_DATAERR);
  EXPECT_EQ(worker.last_error(), "the feed has no picture");
}

TEST(Worker, AnEmptyInputIsAnError) {
  WorkerProcess worker;
  EXPECT_EQ(worker.finish(), EX_DATAERR);
}

TEST(Worker, ASignalSaysWhatTheFeedIsLike) {
  WorkerProcess worker;
  worker.write(make_flv(picture("640x360", "30", 2) + sound(2) + kCodecs));
  ASSERT_TRUE(worker.wait_for([](const Record& record) {
    const auto* signal = std::get_if<Signal>(&record);
    return signal != nullptr && signal->width == 640;
  }));
  ASSERT_EQ(worker.finish(), EX_OK);
  const auto signals = worker.signals();
  EXPECT_TRUE(std::any_of(signals.begin(), signals.end(), [](const Signal& signal) {
    return signal.video_codec == "h264" && signal.audio_codec == "aac" && signal.bitrate > 0;
  }));
}

}  // namespace
}  // namespace estrad::pipeline
