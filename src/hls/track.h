#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace estrad::hls {

enum class TrackKind { kVideo, kAudio };

[[nodiscard]] constexpr std::string_view to_string(TrackKind kind) {
  return kind == TrackKind::kVideo ? "video" : "audio";
}

/// One rendition of a channel: video of one height, or audio of one language. Fixed for the whole
/// take.
struct Track {
  /// First part of every address: `[a-z0-9-]+`, such as "v720" or "a0".
  std::string name;
  TrackKind kind = TrackKind::kVideo;
  /// RFC 6381, as the encoder wrote it: "avc1.64001f", "mp4a.40.2".
  std::string codecs;
  /// Video only.
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  double frame_rate = 0;
  /// Ticks per second of every time in this track's parts.
  std::uint32_t timescale = 90000;
  /// Bits per second that the encoder was asked for; stands in until real segments were measured.
  std::uint64_t bitrate = 0;
  /// Audio only.
  std::uint32_t sample_rate = 0;
  std::uint32_t channels = 0;
  /// BCP 47; empty when unknown.
  std::string language = {};
  /// What the player shows in its menu; empty for a plain default.
  std::string label = {};

  bool operator==(const Track&) const = default;
};

}  // namespace estrad::hls
