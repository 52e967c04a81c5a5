#include "pipeline/signal_meter.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace estrad::pipeline {
namespace {

constexpr std::size_t kMaxWarnings = 8;
/// Beyond this a lost packet is seen for long, and a restarted worker waits for long.
constexpr double kLongestGoodInterval = 4.5;

}  // namespace

void SignalMeter::see(const FlvItem& item) {
  if (const auto* frame = std::get_if<FlvVideoFrame>(&item)) {
    see_frame(*frame);
  } else if (std::holds_alternative<FlvAudioFrame>(item)) {
    has_audio_ = true;
  }
}

void SignalMeter::see_frame(const FlvVideoFrame& frame) {
  has_video_ = true;
  ++frames_;
  if (!frame.is_keyframe) {
    return;
  }
  if (last_keyframe_ms_) {
    const auto interval_ms = static_cast<std::int32_t>(frame.timestamp_ms - *last_keyframe_ms_);
    keyframe_interval_ = std::max(0, interval_ms) / 1000.0;
    if (keyframe_interval_ > kLongestGoodInterval) {
      warn("Keyframes are too far apart; set the encoder's keyframe interval to 2 s.");
    }
  }
  last_keyframe_ms_ = frame.timestamp_ms;
}

void SignalMeter::warn(const std::string& sentence) {
  if (warnings_.size() < kMaxWarnings &&
      std::find(warnings_.begin(), warnings_.end(), sentence) == warnings_.end()) {
    warnings_.push_back(sentence);
  }
}

Signal SignalMeter::take(SteadyTime now) {
  const double seconds = std::max(0.001, std::chrono::duration<double>(now - since_).count());
  Signal signal;
  signal.video_codec = has_video_ ? "h264" : "";
  signal.audio_codec = has_audio_ ? "aac" : "";
  signal.frame_rate = std::exchange(frames_, 0U) / seconds;
  signal.bitrate =
      static_cast<std::uint32_t>(static_cast<double>(std::exchange(bytes_, 0U)) * 8 / seconds);
  signal.keyframe_interval = keyframe_interval_;
  signal.warnings = warnings_;
  since_ = now;
  return signal;
}

}  // namespace estrad::pipeline
