#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace estrad::ingest::flv {

/// What the door needs to know of an audio or video packet. Everything else is passed on unread.
enum class PacketKind : std::uint8_t {
  kCodecHeader,    ///< decoder configuration: needed before all that follows
  kColorInfo,      ///< video metadata of Enhanced RTMP: kept like a codec header
  kChannelLayout,  ///< audio channels of Enhanced RTMP: kept like a codec header
  kKeyframe,       ///< decoding can start here
  kOther,
};

struct Packet {
  PacketKind kind = PacketKind::kOther;
  /// Enhanced RTMP multitrack: the track; 0 is the main one, and all there is elsewhere. Packets of
  /// many tracks at once count as `kManyTracks`.
  std::uint16_t track = 0;

  friend bool operator==(const Packet&, const Packet&) = default;
};

inline constexpr std::uint16_t kManyTracks = 256;

/// Looks at the first bytes of a video message: legacy (E.4.3) or Enhanced RTMP.
[[nodiscard]] Packet look_at_video(ByteView body);
/// The same for audio (E.4.2).
[[nodiscard]] Packet look_at_audio(ByteView body);

}  // namespace estrad::ingest::flv
