#include "pipeline/slate.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <spdlog/fmt/fmt.h>

#include "base/text.h"
#include "pipeline/encoder_text.h"
#include "pipeline/encoding.h"
#include "pipeline/media_graph.h"

namespace estrad::pipeline {
namespace {

/// Divides every usual part length; the picture is still, so more would only cost.
constexpr double kFrameRate = 20;
constexpr std::uint8_t kDarkLuma = 26;
/// A little blue in the dark.
constexpr std::uint8_t kBlueChroma = 134;
constexpr std::uint8_t kRedChroma = 126;

constexpr const char* kPictureText =
    "appsrc name=in ! textoverlay name=title valignment=center halignment=center "
    "line-alignment=center draw-shadow=false draw-outline=false "
    "font-desc=\"Sans 22\" ! videoconvert ! video/x-raw,format=I420 ! appsink name=out0";

struct SilentFrames {
  Bytes configuration;
  std::vector<Bytes> frames;
};

/// Everything that a graph gives out, until it is empty.
class Collector {
 public:
  MediaGraph::Callbacks callbacks() {
    return {
        [this](std::size_t, glib::Ref<GstSample> sample) { samples_.push_back(std::move(sample)); },
        [this](std::size_t) { done_.set_value(); }};
  }
  /// nullopt when the graph fails instead.
  std::optional<std::vector<glib::Ref<GstSample>>> wait() {
    constexpr std::chrono::seconds kPatience(10);
    if (done_.get_future().wait_for(kPatience) != std::future_status::ready || samples_.empty()) {
      return std::nullopt;
    }
    return samples_;
  }

 private:
  std::vector<glib::Ref<GstSample>> samples_;
  std::promise<void> done_;
};

/// The overlay would wrap at the very edge of the picture.
std::string wrap(const std::string& title) {
  constexpr std::size_t kLongestLine = 28;
  std::string wrapped;
  std::size_t line = 0;
  for (const std::string_view word : split(title, ' ')) {
    const std::size_t length = count_code_points(word);
    if (line > 0) {
      const bool has_room = line + 1 + length <= kLongestLine;
      wrapped += has_room ? ' ' : '\n';
      line = has_room ? line + 1 : 0;
    }
    wrapped += word;
    line += length;
  }
  return wrapped;
}

glib::Ref<GstCaps> picture_caps(const Rung& rung) {
  return glib::Ref<GstCaps>::adopt(
      gst_caps_from_string(fmt::format("video/x-raw,format=I420,width={},height={},framerate=20/1,"
                                       "pixel-aspect-ratio=1/1",
                                       rung.width, rung.height)
                               .c_str()));
}

/// A dark frame. Four-byte row alignment as GStreamer lays I420 out.
glib::Ref<GstBuffer> dark_frame(const Rung& rung) {
  const std::size_t luma_row = (rung.width + 3) / 4 * 4;
  const std::size_t chroma_row = (rung.width / 2 + 3) / 4 * 4;
  const std::size_t chroma = chroma_row * (rung.height / 2);
  Bytes pixels(luma_row * rung.height, kDarkLuma);
  pixels.insert(pixels.end(), chroma, kBlueChroma);
  pixels.insert(pixels.end(), chroma, kRedChroma);
  return make_buffer(pixels.data(), pixels.size(), MediaTime(0));
}

Result<glib::Ref<GstSample>> render_picture(const Rung& rung, const std::string& title) {
  Collector collector;
  auto graph = MediaGraph::create(kPictureText, 1, collector.callbacks());
  if (!graph) {
    return fail(std::move(graph).error());
  }
  // The overlay reads markup; the title is plain text.
  g_object_set((*graph)->element("title").get(), "text", escape_html(wrap(title)).c_str(), nullptr);
  (*graph)->set_caps(picture_caps(rung));
  (*graph)->push(dark_frame(rung));
  (*graph)->end();
  const auto samples = collector.wait();
  if (!samples) {
    return fail((*graph)->take_error().value_or(internal_error("the slate cannot be drawn")));
  }
  return samples->front();
}

Status write_picture(const Encoding::Options& options, const std::string& title,
                     RecordOutput& output) {
  const auto picture = render_picture(options.rungs.front(), title);
  if (!picture) {
    return fail(picture.error());
  }
  auto encoding = Encoding::create(options, output);
  if (!encoding) {
    return fail(std::move(encoding).error());
  }
  Encoding& encoders = **encoding;
  encoders.set_picture(picture_caps(options.rungs.front()));
  const auto frame = glib::Ref<GstBuffer>::retain(gst_sample_get_buffer(picture->get()));
  const SystemClock clock;
  constexpr milliseconds kFrame(static_cast<int>(1000 / kFrameRate));
  for (milliseconds time(0); time < options.segment; time += kFrame) {
    encoders.video().push(frame, time, clock.wall());
    output.write(Heartbeat{});
  }
  encoders.finish();
  while (!encoders.is_finished() && !output.is_broken()) {
    if (auto error = encoders.take_error()) {
      encoders.stop();
      return fail(std::move(*error));
    }
    g_usleep(5000);
  }
  return {};
}

Result<SilentFrames> encode_silence(const Encoding::Options& options, std::int64_t count) {
  Collector collector;
  auto graph =
      MediaGraph::create(audio_encoder_text(options.ladder.audio_encoder, options.audio_bitrate), 1,
                         collector.callbacks());
  if (!graph) {
    return fail(std::move(graph).error());
  }
  // Two frames more: the encoder's delay comes first, and the last must be whole.
  const std::vector<float> silence(static_cast<std::size_t>((count + 2) * kAacFrame) * kChannels,
                                   0.0F);
  (*graph)->push(make_buffer(silence.data(), silence.size() * sizeof(float), MediaTime(0)));
  (*graph)->end();
  const auto samples = collector.wait();
  if (!samples || samples->size() < static_cast<std::size_t>(count) + 1) {
    return fail((*graph)->take_error().value_or(internal_error("silence cannot be encoded")));
  }
  SilentFrames silent{decoder_configuration(samples->front().get()), {}};
  for (std::size_t i = 1; i <= static_cast<std::size_t>(count); ++i) {
    silent.frames.push_back(encoded_frame(samples->at(i).get()).data);
  }
  return silent;
}

/// One part with the first `count` frames. Each piece has a muxer of its own, as all begin at 0.
Result<Bytes> mux_piece(const CmafTrack& track, const std::vector<Bytes>& frames,
                        std::int64_t count) {
  auto muxer = CmafMuxer::create(track);
  if (!muxer) {
    return fail(std::move(muxer).error());
  }
  for (std::int64_t i = 0; i < count; ++i) {
    const Bytes& data = frames[static_cast<std::size_t>(i)];
    if (auto added = muxer->add(data, {i * kAacFrame, i * kAacFrame, kAacFrame}, true); !added) {
      return fail(std::move(added).error());
    }
  }
  return muxer->end_part();
}

Status write_silence(const Encoding::Options& options, RecordOutput& output) {
  const std::int64_t pieces = audio_frames_per_part(options.part);
  const auto silent = encode_silence(options, pieces);
  if (!silent) {
    return fail(silent.error());
  }
  auto info = audio_track_info(Encoding::audio_info(options), silent->configuration);
  if (!info) {
    return fail(std::move(info).error());
  }
  const CmafTrack track{*info, silent->configuration, 0};
  const auto muxer = CmafMuxer::create(track);
  if (!muxer) {
    return fail(muxer.error());
  }
  const auto index = static_cast<std::uint8_t>(options.rungs.size());
  output.set_track(index, *info, muxer->init_segment());
  for (std::int64_t piece = 1; piece <= pieces; ++piece) {
    auto bytes = mux_piece(track, silent->frames, piece);
    if (!bytes) {
      return fail(std::move(bytes).error());
    }
    output.write(Part{index, 0, static_cast<std::uint16_t>(piece - 1), true, piece == pieces, 0,
                      static_cast<std::uint32_t>(piece * kAacFrame), SystemClock().wall(),
                      std::move(*bytes)});
  }
  return {};
}

}  // namespace

Status write_slate(const WorkerOptions& options, const Ladder& ladder, const FrozenTracks& frozen,
                   RecordOutput& output) {
  Encoding::Options encoding;
  encoding.ladder = ladder;
  encoding.rungs = frozen.video;
  encoding.frame_rate = kFrameRate;
  encoding.has_audio = false;
  encoding.audio_name = frozen.audio_name;
  encoding.language = frozen.language;
  encoding.audio_bitrate = frozen.audio_bitrate > 0 ? frozen.audio_bitrate : ladder.audio_bitrate;
  encoding.segment = options.segment;
  encoding.part = options.part;
  output.write(Heartbeat{});
  output.begin_run(frozen.video.size() + 1);
  if (auto silence = write_silence(encoding, output); !silence) {
    return fail(std::move(silence).error().in("slate"));
  }
  return write_picture(encoding, options.title, output).map_error([](Error error) {
    return std::move(error).in("slate");
  });
}

}  // namespace estrad::pipeline
