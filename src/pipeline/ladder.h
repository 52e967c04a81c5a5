#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace estrad::pipeline {

/// A line of the ladder file: the box that a rung fits into, and what it may cost.
struct LadderRung {
  std::uint32_t height = 0;
  std::uint32_t bitrate = 0;
  /// Up to so many bits a second the source's own picture goes out as this rung, when it is the top
  /// one and they have the same size; 0: it is always encoded.
  std::uint32_t passthrough = 0;
};

/// How an encoder is built: text for gst_parse_launch, with {names} for what differs by rung.
struct EncoderRecipe {
  std::string codec;
  std::string element;
  std::string properties;
  std::string caps;
};

/// `pipelines/*.json`, read and checked.
struct Ladder {
  std::vector<LadderRung> video;  ///< highest first
  std::uint32_t audio_bitrate = 0;
  EncoderRecipe video_encoder;
  EncoderRecipe audio_encoder;
};

/// Reads a ladder and the encoder files that it names. Errors name the file and the key.
[[nodiscard]] Result<Ladder> load_ladder(const std::filesystem::path& file);

/// What is really produced: even sizes, highest first.
struct Rung {
  std::string name;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t bitrate = 0;
  bool operator==(const Rung&) const = default;
};

/// The picture as it is meant to be seen, square pixels.
struct PictureSize {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

/// The rungs that a source allows: never enlarged, the shape kept. A source smaller than every rung
/// gets one rung of its own size.
[[nodiscard]] std::vector<Rung> choose_rungs(const Ladder& ladder, PictureSize source);

/// The `passthrough` of the ladder's line that a rung, chosen now or earlier, was made of.
[[nodiscard]] std::uint32_t passthrough_cap(const Ladder& ladder, const Rung& rung);

/// Exactly these tracks, chosen at an earlier time (`--frozen`).
struct FrozenTracks {
  std::vector<Rung> video;  ///< in the order given, which is the order of the track list
  double frame_rate = 0;    ///< of the feed that they were chosen for; 0 when not given
  std::string audio_name = "a0";
  std::uint32_t audio_bitrate = 0;  ///< 0: the ladder's
  std::string language;
};
[[nodiscard]] Result<FrozenTracks> parse_frozen(std::string_view text);

}  // namespace estrad::pipeline
