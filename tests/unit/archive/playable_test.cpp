#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "archive/archive.h"
#include "archive/file.h"
#include "hls/fragment.h"
#include "hls/timeline.h"
#include "unit/archive/recording.h"

namespace estrad::archive {
namespace {

using test::kTake;
using test::must;
using test::text_of;
namespace fs = std::filesystem;

/// What a shell command prints; fails the test when it does not end with 0.
std::string run(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    output.append(buffer.data(), got);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  return output;
}

struct Clip {
  Bytes init;
  std::vector<hls::Fragment> fragments;
};

/// Cuts a fragmented MP4 of four seconds into what a worker would give.
Clip read_clip(const fs::path& path, std::uint32_t timescale) {
  const auto file = File::open(path, File::Mode::kRead).value();
  const Bytes bytes = file->read(0, file->size().value()).value();
  Clip clip;
  std::size_t at = hls::init_length(bytes).value();
  clip.init.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
  while (at < bytes.size()) {
    std::size_t end = at;
    std::string_view type;
    while (end < bytes.size() && type != "mdat") {
      type = as_text(ByteView(bytes).subspan(end + 4, 4));
      end += ByteReader(ByteView(bytes).subspan(end)).u32();
    }
    const ByteView fragment = ByteView(bytes).subspan(at, end - at);
    if (type == "mdat") {
      hls::Fragment one;
      one.bytes = share(Bytes(fragment.begin(), fragment.end()));
      one.decode_time = hls::read_times(fragment).value().decode_time;
      one.arrived = from_epoch_ms(test::kStartMs);
      clip.fragments.push_back(one);
    }
    at = end;
  }
  std::uint32_t part = 0;
  for (std::size_t i = 0; i < clip.fragments.size(); ++i) {
    hls::Fragment& one = clip.fragments[i];
    const bool is_newest = i + 1 == clip.fragments.size();
    const std::uint64_t end = is_newest ? 4ULL * timescale : clip.fragments[i + 1].decode_time;
    one.duration = static_cast<std::uint32_t>(end - one.decode_time);
    one.segment = static_cast<std::uint32_t>((one.decode_time + timescale / 20) / (2 * timescale));
    part = i > 0 && clip.fragments[i - 1].segment == one.segment ? part + 1 : 0;
    one.part = part;
    one.is_last = is_newest || (end + timescale / 20) / (2 * timescale) > one.segment;
  }
  return clip;
}

/// Four seconds of moving picture and tone, sent twice: with a discontinuity between.
class Playable : public testing::Test {
 protected:
  Playable() {
    const std::string folder = folder_.path().string();
    const std::string flags = " -f mp4 -movflags +empty_moov+default_base_moof+cmaf+frag_keyframe ";
    run("ffmpeg -v error -f lavfi -i testsrc2=s=320x180:r=30 -t 4 -c:v libx264 -preset ultrafast "
        "-bf 0 -g 60 -keyint_min 60 -sc_threshold 0 -pix_fmt yuv420p -video_track_timescale 90000 "
        "-frag_duration 500000" +
        flags + folder + "/v.mp4 2>&1");
    run("ffmpeg -v error -f lavfi -i sine=frequency=440:sample_rate=48000 -t 4 -c:a aac "
        "-frag_duration 512000" +
        flags + folder + "/a.mp4 2>&1");
    clips_ = {read_clip(folder_ / "v.mp4", 90000), read_clip(folder_ / "a.mp4", 48000)};
  }

  void send(hls::Timeline& timeline, TakeWriter& writer) {
    write(timeline, writer, timeline.begin_discontinuity(hls::StretchStart::kTogether));
    for (std::size_t i = 0; i < clips_.size(); ++i) {
      const auto init = timeline.set_init(i, share(Bytes(clips_[i].init))).value();
      if (init.is_new) {
        must(writer.add_init(i, init.number, clips_[i].init));
      }
    }
    for (std::size_t i = 0; i < clips_.size(); ++i) {
      for (const hls::Fragment& fragment : clips_[i].fragments) {
        write(timeline, writer, timeline.add(i, fragment).value());
      }
    }
  }

  static void write(hls::Timeline& timeline, TakeWriter& writer,
                    const std::vector<hls::PlacedPart>& placed) {
    for (const hls::PlacedPart& one : placed) {
      must(writer.append(one.track, *one.part));
      timeline.announce(one.track, one.part);
    }
  }

  /// Lays the recording out as a web server would show it.
  void lay_out(Archive& archive) {
    const fs::path root = folder_ / "web";
    fs::create_directories(root);
    std::ofstream(root / "index.m3u8") << text_of(archive.multivariant(kTake, "").value());
    for (const char* track : {"v720", "a0"}) {
      fs::create_directories(root / track);
      std::ofstream(root / (std::string(track) + ".m3u8"))
          << text_of(archive.playlist(kTake, track).value());
      put(archive, track, hls::InitName{1});
      for (std::uint64_t msn = 0; msn < 4; ++msn) {
        put(archive, track, hls::SegmentName{1, msn});
      }
    }
  }
  void put(Archive& archive, const std::string& track, const hls::MediaName& name) {
    const auto bytes = archive.read(kTake, track, name).value();
    std::ofstream(folder_ / "web" / track / hls::to_string(name)) << as_text(*bytes);
  }

  estrad::test::TemporaryFolder folder_;
  std::vector<Clip> clips_;
};

TEST_F(Playable, FilesAndPlaylistsPlayWholeInOtherPrograms) {
  auto archive = Archive::open(folder_ / "archive").value();
  auto writer = archive->create(test::take_info()).value();
  hls::Timeline timeline(writer->info().tracks, {});
  send(timeline, *writer);
  send(timeline, *writer);

  // While it is still open, as after a power cut.
  const std::string file = (folder_ / "archive/budget-day/t4k3/v720-1.mp4").string();
  const std::string probe = "ffprobe -v error -of csv=p=0 ";
  EXPECT_EQ(run(probe + "-count_packets -show_entries stream=nb_read_packets " + file), "240\n");
  EXPECT_NEAR(std::stod(run(probe + "-show_entries format=duration " + file)), 8.0, 0.1);

  must(writer->close());
  lay_out(*archive);
  const std::string index = (folder_ / "web/index.m3u8").string();
  EXPECT_EQ(run("ffmpeg -v error -i " + index + " -map 0:v:0 -map 0:a:0 -f null - 2>&1"), "");
  EXPECT_NEAR(std::stod(run(probe + "-show_entries format=duration " + index)), 8.0, 0.1);
  // Printed once for the program and once for the stream.
  const std::string packets =
      run(probe + "-select_streams v:0 -count_packets -show_entries stream=nb_read_packets " +
          (folder_ / "web/v720.m3u8").string());
  EXPECT_TRUE(packets.starts_with("240\n")) << packets;
}

}  // namespace
}  // namespace estrad::archive
