#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hls/bandwidth.h"
#include "hls/track.h"

namespace estrad::hls {

struct Rendition {
  const Track& track;
  const Bandwidth& bandwidth;
};

/// One variant for each video track, in the order given, each with the audio group; then an
/// audio-only variant. `prefix` goes before each playlist's name: "TAKE/" gives "TAKE/v720.m3u8".
[[nodiscard]] std::string render_multivariant(std::span<const Rendition> renditions,
                                              std::string_view prefix);

}  // namespace estrad::hls
