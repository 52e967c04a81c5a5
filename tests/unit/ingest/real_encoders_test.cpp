#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/flv/tag.h"
#include "support/temporary_folder.h"
#include "unit/ingest/child.h"
#include "unit/ingest/door_fixture.h"

namespace estrad::ingest {
namespace {

using test::Child;
using testing::HasSubstr;
using Arguments = std::vector<std::string>;

/// Programs that people send with, against a door of our own.
class RealEncodersTest : public test::DoorFixture {
 protected:
  Arguments ffmpeg(const Arguments& input, const Arguments& output) const {
    Arguments all = {"ffmpeg", "-nostdin", "-hide_banner", "-v", "error", "-y"};
    all.insert(all.end(), input.begin(), input.end());
    all.insert(all.end(), output.begin(), output.end());
    return all;
  }
  /// A clip of H.264 and AAC with a keyframe every half second.
  std::string make_clip(const std::string& seconds) {
    const std::string clip = (folder_ / "clip.flv").string();
    const auto made = Child(ffmpeg({"-f", "lavfi", "-i", "testsrc=size=320x180:rate=25", "-f",
                                    "lavfi", "-i", "sine=sample_rate=48000"},
                                   {"-t", seconds, "-c:v", "libx264", "-preset", "ultrafast",
                                    "-pix_fmt", "yuv420p", "-g", "12", "-c:a", "aac", clip}))
                          .wait();
    EXPECT_EQ(made.exit_code, 0) << made.output;
    return clip;
  }
  std::string save(const std::string& name, const Bytes& bytes) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return path;
  }
  /// Every packet's stream, times, size, flags and checksum.
  static std::string packets(const std::string& path) {
    const auto probed =
        Child({"ffprobe", "-v", "error", "-show_data_hash", "md5", "-show_entries",
               "packet=stream_index,pts,dts,size,flags,data_hash", "-of", "csv", path})
            .wait();
    EXPECT_EQ(probed.exit_code, 0) << probed.output;
    return probed.output;
  }
  static void expect_decodes(const std::string& path) {
    const auto decoded =
        Child({"ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", path, "-f", "null", "-"})
            .wait();
    EXPECT_EQ(decoded.exit_code, 0) << decoded.output;
    EXPECT_EQ(decoded.output, "");
  }
  static Bytes file_header() {
    Bytes header;
    flv::write_file_header(header);
    return header;
  }

  test::TemporaryFolder folder_;
};

TEST_F(RealEncodersTest, HandsOnExactlyWhatFfmpegSends) {
  open();
  const std::string clip = make_clip("2");
  const auto sent =
      Child(ffmpeg({"-re", "-i", clip}, {"-c", "copy", "-f", "flv", url("key")})).wait();
  EXPECT_EQ(sent.exit_code, 0) << sent.output;
  const auto feed = sink_.wait_for_end(0);
  EXPECT_EQ(feed.end_reason, "the encoder stopped");
  EXPECT_GE(feed.keyframes(), 4U);

  const std::string received = save("received.flv", feed.file(file_header()));
  EXPECT_EQ(packets(received), packets(clip));
  expect_decodes(received);
}

TEST_F(RealEncodersTest, LetsAReaderStartAtALaterKeyframe) {
  open();
  const std::string clip = make_clip("1");
  Child(ffmpeg({"-i", clip}, {"-c", "copy", "-f", "flv", url("key")})).wait();
  const auto feed = sink_.wait_for_end(0);
  std::size_t last_keyframe = 0;
  for (std::size_t i = 0; i < feed.chunks.size(); ++i) {
    last_keyframe = feed.chunks[i].starts_with_keyframe ? i : last_keyframe;
  }
  ASSERT_GT(last_keyframe, 0U);
  ASSERT_FALSE(feed.headers.empty());
  const std::string from_there = save("late.flv", feed.file(*feed.headers.back(), last_keyframe));
  expect_decodes(from_there);
  EXPECT_THAT(packets(from_there), HasSubstr("packet,0,"));
  EXPECT_THAT(packets(from_there), HasSubstr("packet,1,"));
}

TEST_F(RealEncodersTest, ContinuesTimesThatWrap) {
  open();
  // FFmpeg masks FLV times to 31 bits: this clip wraps after 1.3 s. Its codec headers come at zero.
  const std::string clip = make_clip("2");
  const auto sent = Child(ffmpeg({"-itsoffset", "4294966.0", "-i", clip},
                                 {"-c", "copy", "-copyts", "-f", "flv", url("key")}))
                        .wait();
  EXPECT_EQ(sent.exit_code, 0) << sent.output;
  const auto feed = sink_.wait_for_end(0);
  const std::string received = save("received.flv", feed.file(file_header()));
  expect_decodes(received);
  const std::string times = packets(received);
  EXPECT_THAT(times, HasSubstr("packet,1,0,0,"));
  EXPECT_THAT(times, HasSubstr("packet,0,1981,1981,"));
}

TEST_F(RealEncodersTest, TellsFfmpegThatItsKeyIsWrong) {
  open();
  const auto sent = Child(ffmpeg({"-f", "lavfi", "-i", "testsrc=size=64x64"},
                                 {"-t", "1", "-c:v", "libx264", "-f", "flv", url("wrong")}))
                        .wait();
  EXPECT_NE(sent.exit_code, 0);
  EXPECT_THAT(sent.output, HasSubstr("The stream key is wrong, expired or revoked"));
  EXPECT_EQ(sink_.count(), 0U);
}

TEST_F(RealEncodersTest, FindsTheKeyBehindSeveralApplicationPartsAndBeforeAQuery) {
  open();
  const std::string clip = make_clip("1");
  const std::string address = "rtmp://127.0.0.1:" + std::to_string(port()) + "/live/room/4";
  const auto sent =
      Child(ffmpeg({"-i", clip}, {"-c", "copy", "-f", "flv", "-rtmp_app", "live/room/4",
                                  "-rtmp_playpath", "key?token=1", address}))
          .wait();
  EXPECT_EQ(sent.exit_code, 0) << sent.output;
  EXPECT_EQ(sink_.wait_for_end(0).info.stage, "main");
}

TEST_F(RealEncodersTest, LetsTheSecondTakeOverFromAFrozenFirst) {
  open();
  const std::string clip = make_clip("2");
  const auto endless =
      ffmpeg({"-re", "-stream_loop", "-1", "-i", clip}, {"-c", "copy", "-f", "flv", url("key")});
  Child first(endless);
  EXPECT_GE(sink_.wait_for_data(0).chunks.size(), 1U);
  first.signal(SIGSTOP);
  const SteadyTime frozen = clock_.steady();
  Child second(endless);
  EXPECT_EQ(sink_.wait_for_end(0).end_reason, "silent, and the encoder connected again");
  EXPECT_GE(clock_.steady() - frozen, milliseconds(900));
  EXPECT_GE(sink_.wait_for_data(1).chunks.size(), 1U);
  EXPECT_FALSE(sink_.wait_for_start(1).is_ended);
  first.signal(SIGCONT);
}

TEST_F(RealEncodersTest, RefusesTheSecondWhileTheFirstSends) {
  open({.hold_limit = milliseconds(700)});
  const std::string clip = make_clip("2");
  const auto endless =
      ffmpeg({"-re", "-stream_loop", "-1", "-i", clip}, {"-c", "copy", "-f", "flv", url("key")});
  Child first(endless);
  EXPECT_GE(sink_.wait_for_data(0).chunks.size(), 1U);
  const auto second = Child(endless).wait();
  EXPECT_NE(second.exit_code, 0);
  EXPECT_THAT(second.output, HasSubstr("Another encoder is sending with this key."));
  EXPECT_FALSE(sink_.wait_for_start(0).is_ended);
  EXPECT_EQ(sink_.count(), 1U);
}

/// GStreamer has two RTMP clients: librtmp's, and one of its own.
class GstreamerSinks : public RealEncodersTest, public testing::WithParamInterface<const char*> {};

TEST_P(GstreamerSinks, AreTaken) {
  open();
  const auto sent = Child({"gst-launch-1.0",
                           "-q",
                           "videotestsrc",
                           "num-buffers=50",
                           "!",
                           "video/x-raw,width=320,height=180,framerate=25/1",
                           "!",
                           "x264enc",
                           "speed-preset=ultrafast",
                           "key-int-max=12",
                           "bframes=0",
                           "!",
                           "flvmux",
                           "name=mux",
                           "streamable=true",
                           "!",
                           GetParam(),
                           "location=" + url("key"),
                           "audiotestsrc",
                           "num-buffers=90",
                           "!",
                           "audio/x-raw,rate=48000",
                           "!",
                           "avenc_aac",
                           "!",
                           "mux."})
                        .wait();
  EXPECT_EQ(sent.exit_code, 0) << sent.output;
  const auto feed = sink_.wait_for_end(0);
  EXPECT_GE(feed.keyframes(), 4U);
  const std::string received = save("received.flv", feed.file(file_header()));
  expect_decodes(received);
  const auto frames = Child({"ffprobe", "-v", "error", "-select_streams", "v", "-count_frames",
                             "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", received})
                          .wait();
  EXPECT_EQ(frames.output, "50\n");
}

INSTANTIATE_TEST_SUITE_P(Clients, GstreamerSinks, testing::Values("rtmpsink", "rtmp2sink"));

}  // namespace
}  // namespace estrad::ingest
