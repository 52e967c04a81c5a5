#include "demo/sender.h"

#include <utility>

#include <gst/app/gstappsrc.h>
#include <libyuv/convert.h>
#include <spdlog/fmt/fmt.h>

#include "demo/beat.h"
#include "glib/handle.h"

namespace estrad::demo {
namespace {

using glib::Ref;

/// The AAC encoder puts one frame of nothing in front and says so nowhere; the picture waits for
/// it.
constexpr GstClockTime kSoundDelay = 1024 * GST_SECOND / Tone::kSampleRate;

/// Keyframes every two seconds, no B-frames, regular: what the manual asks of presenters.
std::string description(const PresenterOptions& options, bool is_file) {
  return fmt::format(
      "appsrc name=video is-live=true format=time max-buffers=4 leaky-type=downstream "
      "caps=video/x-raw,format=I420,colorimetry=bt601,width={0},height={1},framerate={2}/1 ! "
      "x264enc tune=zerolatency speed-preset=ultrafast bframes=0 key-int-max={3} bitrate={4} "
      "option-string=scenecut=0 ! h264parse ! queue ! mux. "
      "appsrc name=audio is-live=true format=time max-buffers=30 leaky-type=downstream "
      "caps=audio/x-raw,format=F32LE,layout=interleaved,rate={5},channels=1 ! "
      "audioconvert ! avenc_aac bitrate=128000 ! aacparse ! queue ! mux. "
      "flvmux name=mux streamable=true ! {6} name=out sync=false",
      options.width, options.height, options.frame_rate, 2 * options.frame_rate, options.video_kbit,
      Tone::kSampleRate, is_file ? "filesink" : "rtmp2sink");
}

void push(const Ref<GstElement>& source, Ref<GstBuffer> buffer, GstClockTime at,
          GstClockTime until) {
  GST_BUFFER_PTS(buffer.get()) = at;
  GST_BUFFER_DURATION(buffer.get()) = until - at;
  // A source that is flushing has failed; the bus tells.
  gst_app_src_push_buffer(GST_APP_SRC(source.get()), buffer.release());
}

}  // namespace

Sender::Sender(const PresenterOptions& options) : frame_rate_(options.frame_rate) {
  gst_video_info_set_format(&format_, GST_VIDEO_FORMAT_I420, static_cast<guint>(options.width),
                            static_cast<guint>(options.height));
}

Result<std::unique_ptr<Sender>> Sender::create(const PresenterOptions& options) {
  constexpr std::string_view kFileScheme = "file://";
  const bool is_file = options.url.starts_with(kFileScheme);
  GError* error = nullptr;
  auto pipeline = Ref<GstElement>::sink(gst_parse_launch_full(
      description(options, is_file).c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
  if (!pipeline) {
    return fail(unavailable(
        fmt::format("{} (`estrad doctor` says what is missing)", glib::take_message(error))));
  }
  std::unique_ptr<Sender> sender(new Sender(options));
  auto* const bin = GST_BIN(pipeline.get());
  sender->video_ = Ref<GstElement>::adopt(gst_bin_get_by_name(bin, "video"));
  sender->audio_ = Ref<GstElement>::adopt(gst_bin_get_by_name(bin, "audio"));
  const auto out = Ref<GstElement>::adopt(gst_bin_get_by_name(bin, "out"));
  const auto location = is_file ? options.url.substr(kFileScheme.size()) : options.url;
  g_object_set(out.get(), "location", location.c_str(), nullptr);
  sender->pipeline_ = std::move(pipeline);
  gst_element_set_state(sender->pipeline_.get(), GST_STATE_PLAYING);
  return sender;
}

Sender::~Sender() {
  if (pipeline_) {
    gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  }
}

void Sender::push_video(const std::uint8_t* picture, std::uint64_t index) {
  auto buffer = Ref<GstBuffer>::adopt(
      gst_buffer_new_allocate(nullptr, GST_VIDEO_INFO_SIZE(&format_), nullptr));
  GstMapInfo map;
  if (gst_buffer_map(buffer.get(), &map, GST_MAP_WRITE) != FALSE) {
    const auto plane = [&](int i) { return map.data + GST_VIDEO_INFO_PLANE_OFFSET(&format_, i); };
    const auto stride = [&](int i) { return GST_VIDEO_INFO_PLANE_STRIDE(&format_, i); };
    const int width = GST_VIDEO_INFO_WIDTH(&format_);
    const int height = GST_VIDEO_INFO_HEIGHT(&format_);
    // What libyuv calls ARGB is that word in little endian. A twentieth of videoconvert's time.
    libyuv::ARGBToI420(picture, width * 4, plane(0), stride(0), plane(1), stride(1), plane(2),
                       stride(2), width, height);
    gst_buffer_unmap(buffer.get(), &map);
  }
  const auto rate = static_cast<std::uint64_t>(frame_rate_);
  push(video_, std::move(buffer), kSoundDelay + index * GST_SECOND / rate,
       kSoundDelay + (index + 1) * GST_SECOND / rate);
}

void Sender::push_audio(std::span<const float> samples, std::uint64_t first_sample) {
  push(audio_, Ref<GstBuffer>::adopt(gst_buffer_new_memdup(samples.data(), samples.size_bytes())),
       first_sample * GST_SECOND / Tone::kSampleRate,
       (first_sample + samples.size()) * GST_SECOND / Tone::kSampleRate);
}

void Sender::finish() {
  constexpr GstClockTime kPatience = 500 * GST_MSECOND;
  gst_element_send_event(pipeline_.get(), gst_event_new_eos());
  const auto end = Ref<GstMessage>::adopt(gst_bus_timed_pop_filtered(
      bus().get(), kPatience, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
}

Ref<GstBus> Sender::bus() const {
  return Ref<GstBus>::adopt(gst_element_get_bus(pipeline_.get()));
}

}  // namespace estrad::demo
