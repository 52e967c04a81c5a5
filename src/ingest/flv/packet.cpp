#include "ingest/flv/packet.h"

namespace estrad::ingest::flv {
namespace {

constexpr std::uint8_t kKeyframeType = 1;
constexpr std::uint8_t kLegacyAvc = 7;
/// Not in any specification, but sent by many: HEVC in the manner of AVC.
constexpr std::uint8_t kLegacyHevc = 12;
constexpr std::uint8_t kLegacyAac = 10;
constexpr std::uint8_t kExtendedAudio = 9;

/// Enhanced RTMP v2, VideoPacketType and AudioPacketType; the numbers are shared but for 4.
enum class ExtendedType : std::uint8_t {
  kSequenceStart = 0,
  kCodedFrames = 1,
  kSequenceEnd = 2,
  kCodedFramesX = 3,
  kMetadata = 4,  ///< audio: multichannel configuration
  kMpeg2TsSequenceStart = 5,
  kMultitrack = 6,  ///< audio: 5
  kModEx = 7,
};

/// The head of an Enhanced RTMP packet behind ModEx and Multitrack.
struct ExtendedHead {
  ExtendedType type{};
  std::uint16_t track = 0;
  bool is_complete = false;
};

ExtendedHead read_extended_head(ByteReader& reader, std::uint8_t type, std::uint8_t multitrack) {
  // ModEx (a time stamp's nanoseconds and the like) may stand before any packet, repeatedly.
  while (type == static_cast<std::uint8_t>(ExtendedType::kModEx)) {
    std::size_t size = std::size_t{reader.u8()} + 1;
    if (size == 256) {
      size = std::size_t{reader.u16()} + 1;
    }
    reader.skip(size);
    type = reader.u8() & 0x0F;
    if (reader.failed()) {
      return {};
    }
  }
  ExtendedHead head{static_cast<ExtendedType>(type), 0, true};
  if (type == multitrack) {
    constexpr std::uint8_t kOneTrack = 0;
    const std::uint8_t byte = reader.u8();
    head.type = static_cast<ExtendedType>(byte & 0x0F);
    reader.skip(4);  // fourCC
    const std::uint8_t track = reader.u8();
    head.track = byte >> 4 == kOneTrack ? track : kManyTracks;
  } else {
    reader.skip(4);
  }
  head.is_complete = !reader.failed();
  return head;
}

Packet look_at_extended_video(ByteReader& reader, std::uint8_t first) {
  constexpr std::uint8_t kMultitrack = 6;
  const ExtendedHead head = read_extended_head(reader, first & 0x0F, kMultitrack);
  if (!head.is_complete) {
    return {};
  }
  const bool is_keyframe = (first >> 4 & 0x07) == kKeyframeType;
  switch (head.type) {
    case ExtendedType::kSequenceStart:
    case ExtendedType::kMpeg2TsSequenceStart:
      return {PacketKind::kCodecHeader, head.track};
    case ExtendedType::kMetadata:
      return {PacketKind::kColorInfo, head.track};
    case ExtendedType::kCodedFrames:
    case ExtendedType::kCodedFramesX:
      return {is_keyframe ? PacketKind::kKeyframe : PacketKind::kOther, head.track};
    case ExtendedType::kSequenceEnd:
    case ExtendedType::kMultitrack:
    case ExtendedType::kModEx:
      break;
  }
  return {PacketKind::kOther, head.track};
}

}  // namespace

Packet look_at_video(ByteView body) {
  ByteReader reader(body);
  const std::uint8_t first = reader.u8();
  if ((first & 0x80) != 0) {
    return look_at_extended_video(reader, first);
  }
  const bool is_keyframe = first >> 4 == kKeyframeType;
  const std::uint8_t codec = first & 0x0F;
  if (codec != kLegacyAvc && codec != kLegacyHevc) {
    return {is_keyframe && !reader.failed() ? PacketKind::kKeyframe : PacketKind::kOther, 0};
  }
  constexpr std::uint8_t kSequenceHeader = 0;
  constexpr std::uint8_t kFrames = 1;
  const std::uint8_t type = reader.u8();
  if (reader.failed()) {
    return {};
  }
  if (type == kSequenceHeader) {
    return {PacketKind::kCodecHeader, 0};
  }
  return {is_keyframe && type == kFrames ? PacketKind::kKeyframe : PacketKind::kOther, 0};
}

Packet look_at_audio(ByteView body) {
  ByteReader reader(body);
  const std::uint8_t first = reader.u8();
  const std::uint8_t format = first >> 4;
  if (format == kExtendedAudio) {
    constexpr std::uint8_t kMultitrack = 5;
    const ExtendedHead head = read_extended_head(reader, first & 0x0F, kMultitrack);
    if (head.is_complete && head.type == ExtendedType::kSequenceStart) {
      return {PacketKind::kCodecHeader, head.track};
    }
    if (head.is_complete && head.type == ExtendedType::kMetadata) {
      return {PacketKind::kChannelLayout, head.track};
    }
    return {PacketKind::kOther, head.track};
  }
  constexpr std::uint8_t kSequenceHeader = 0;
  const bool is_header = format == kLegacyAac && reader.u8() == kSequenceHeader;
  return {is_header && !reader.failed() ? PacketKind::kCodecHeader : PacketKind::kOther, 0};
}

}  // namespace estrad::ingest::flv
