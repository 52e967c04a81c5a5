#include "pipeline/encoder_text.h"

#include <cmath>
#include <utility>

#include <spdlog/fmt/fmt.h>

namespace estrad::pipeline {
namespace {

/// Raw frames that wait before an encoder or a scaler: enough for the threads to overlap, few
/// enough to add no delay worth the name.
constexpr const char* kQueue =
    "queue max-size-buffers=3 max-size-bytes=0 max-size-time=0 silent=true";
constexpr const char* kExit = "appsink";

void replace_all(std::string& text, const std::string& name, const std::string& value) {
  for (std::size_t at = text.find(name); at != std::string::npos;
       at = text.find(name, at + value.size())) {
    text.replace(at, name.size(), value);
  }
}

std::string encoder(const EncoderRecipe& recipe, std::uint32_t bitrate, long gop_frames) {
  std::string properties = recipe.properties;
  replace_all(properties, "{kbit}", std::to_string(bitrate / 1000));
  replace_all(properties, "{bit}", std::to_string(bitrate));
  replace_all(properties, "{gop}", std::to_string(gop_frames));
  return fmt::format("{} {} ! {}", recipe.element, properties, recipe.caps);
}

}  // namespace

std::pair<int, int> frame_rate_fraction(double frame_rate) {
  const double ntsc = frame_rate * 1001 / 1000;
  if (std::abs(ntsc - std::round(ntsc)) < 0.005 &&
      std::abs(frame_rate - std::round(frame_rate)) > 0.005) {
    return {static_cast<int>(std::lround(ntsc)) * 1000, 1001};
  }
  return {static_cast<int>(std::lround(frame_rate * 1000)), 1000};
}

std::string video_encoder_text(const EncoderRecipe& recipe, const std::vector<Rung>& rungs,
                               double frame_rate, milliseconds segment) {
  // Keyframes are asked for at segment starts; the encoder's own limit is far enough beyond them
  // never to come first.
  const long gop_frames = std::lround(frame_rate * static_cast<double>(segment.count()) / 1000 * 3);
  std::string text =
      "appsrc name=in block=true max-buffers=4 max-bytes=0 max-time=0 ! "
      // Of interlaced pictures the top fields, made whole; others pass untouched.
      "deinterlace mode=auto method=linear fields=top ! videoconvert";
  for (std::size_t i = 0; i < rungs.size(); ++i) {
    const Rung& rung = rungs[i];
    text += fmt::format(
        " ! videoscale name={} add-borders={} ! "
        "video/x-raw,format=I420,width={},height={},pixel-aspect-ratio=1/1 ! tee name=t{}",
        i == 0 ? std::string("fit") : fmt::format("s{}", i), i == 0 ? "true" : "false", rung.width,
        rung.height, i);
    text += fmt::format(" t{}. ! {} ! {} ! {} name=out{}", i, kQueue,
                        encoder(recipe, rung.bitrate, gop_frames), kExit, i);
    if (i + 1 < rungs.size()) {
      text += fmt::format(" t{}. ! {}", i, kQueue);
    }
  }
  return text;
}

std::string audio_encoder_text(const EncoderRecipe& recipe, std::uint32_t bitrate) {
  return fmt::format(
      "appsrc name=in block=true max-bytes=0 max-buffers=0 max-time=2000000000 caps=\"{}\" ! "
      "audioconvert ! {} ! {} name=out0",
      kRawAudioCaps, encoder(recipe, bitrate, 0), kExit);
}

}  // namespace estrad::pipeline
