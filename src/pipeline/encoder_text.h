#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "pipeline/ladder.h"

/// The encoders' graphs as text for gst_parse_launch (see MediaGraph for the names of the ends).
namespace estrad::pipeline {

/// Raw frames in; one exit for each rung, in order. The scaler of the first rung is named `fit`.
[[nodiscard]] std::string video_encoder_text(const EncoderRecipe& recipe,
                                             const std::vector<Rung>& rungs, double frame_rate,
                                             milliseconds segment);
/// Raw samples (float, 48 kHz, two channels) in, one exit.
[[nodiscard]] std::string audio_encoder_text(const EncoderRecipe& recipe, std::uint32_t bitrate);

/// The raw audio format between decoder and encoder.
inline constexpr const char* kRawAudioCaps =
    "audio/x-raw,format=F32LE,layout=interleaved,rate=48000,channels=2,channel-mask=(bitmask)3";

/// A frame rate as GStreamer's fraction; NTSC's rates become thousands over 1001.
[[nodiscard]] std::pair<int, int> frame_rate_fraction(double frame_rate);

}  // namespace estrad::pipeline
