#include "pipeline/flv_tags.h"

#include <string_view>

namespace estrad::pipeline {
namespace {

// E.4.3.1 and E.4.2.1
constexpr std::uint8_t kFrameTypeKey = 1;
constexpr std::uint8_t kVideoAvc = 7;
constexpr std::uint8_t kAudioAac = 10;
constexpr std::uint8_t kSequenceHeader = 0;
constexpr std::uint8_t kCodedFrame = 1;
/// Enhanced RTMP: the first bit of a video tag; such packets are told apart one by one.
constexpr std::uint8_t kExtendedHeader = 0x80;

constexpr std::size_t kMaxConfigurationBytes = 4096;
constexpr int kMaxMetadataKeys = 256;

Bytes copy(ByteView bytes) {
  return Bytes(bytes.begin(), bytes.end());
}

std::int32_t sign_extend_24(std::uint32_t value) {
  return static_cast<std::int32_t>(value << 8U) >> 8;
}

FlvItem parse_avc(std::uint32_t timestamp_ms, bool is_keyframe, ByteReader& in) {
  const std::uint8_t packet_type = in.u8();
  const std::int32_t composition_ms = sign_extend_24(in.u24());
  const ByteView body = in.rest();
  if (in.failed() || body.empty()) {
    return FlvIgnored{};
  }
  if (packet_type == kSequenceHeader) {
    // avcC: version 1, three bytes of profile, then parameter sets
    if (body.size() < 7 || body.size() > kMaxConfigurationBytes || body[0] != 1) {
      return FlvIgnored{};
    }
    return FlvVideoHeader{VideoCodec::kH264, copy(body)};
  }
  if (packet_type == kCodedFrame) {
    return FlvVideoFrame{timestamp_ms, composition_ms, is_keyframe, copy(body)};
  }
  return FlvIgnored{};
}

const char* audio_codec_name(std::uint8_t format) {
  switch (format) {
    case 2:
    case 14:
      return "MP3";
    case 11:
      return "Speex";
    default:
      return "an unknown audio codec";
  }
}

/// AMF0 values in onMetaData that are stepped over or read; anything deeper ends the reading.
enum class Amf : std::uint8_t { kNumber = 0, kBoolean = 1, kString = 2, kObject = 3, kEcma = 8 };

std::string_view read_string(ByteReader& in) {
  return as_text(in.take(in.u16()));
}

void read_properties(ByteReader& in, FlvMetadata& metadata) {
  for (int i = 0; i < kMaxMetadataKeys && !in.failed() && in.remaining() > 3; ++i) {
    const std::string_view key = read_string(in);
    switch (static_cast<Amf>(in.u8())) {
      case Amf::kNumber: {
        const double value = in.f64();
        if (!in.failed() && key == "framerate" && value >= 1 && value <= 240) {
          metadata.frame_rate = value;
        }
        break;
      }
      case Amf::kBoolean:
        in.skip(1);
        break;
      case Amf::kString:
        read_string(in);
        break;
      case Amf::kObject:
      case Amf::kEcma:
      default:
        return;
    }
  }
}

}  // namespace

FlvItem parse_video_tag(std::uint32_t timestamp_ms, ByteView payload) {
  ByteReader in(payload);
  const std::uint8_t head = in.u8();
  if (in.failed()) {
    return FlvIgnored{};
  }
  if ((head & kExtendedHeader) != 0) {
    return FlvIgnored{"Enhanced RTMP video"};
  }
  if ((head & 0x0FU) != kVideoAvc) {
    return FlvIgnored{"a video codec older than H.264"};
  }
  return parse_avc(timestamp_ms, (head >> 4U) == kFrameTypeKey, in);
}

FlvItem parse_audio_tag(std::uint32_t timestamp_ms, ByteView payload) {
  ByteReader in(payload);
  const std::uint8_t format = in.u8() >> 4U;
  if (in.failed()) {
    return FlvIgnored{};
  }
  if (format != kAudioAac) {
    return FlvIgnored{audio_codec_name(format)};
  }
  const std::uint8_t packet_type = in.u8();
  const ByteView body = in.rest();
  if (in.failed() || body.empty()) {
    return FlvIgnored{};
  }
  if (packet_type == kSequenceHeader) {
    if (body.size() < 2 || body.size() > kMaxConfigurationBytes) {
      return FlvIgnored{};
    }
    return FlvAudioHeader{AudioCodec::kAac, copy(body)};
  }
  return FlvAudioFrame{timestamp_ms, copy(body)};
}

FlvItem parse_script_tag(ByteView payload) {
  ByteReader in(payload);
  // OBS sends the name alone; a file may have "@setDataFrame" before it.
  for (int names = 0; names < 2; ++names) {
    if (static_cast<Amf>(in.u8()) != Amf::kString) {
      return FlvIgnored{};
    }
    if (read_string(in) == "onMetaData") {
      FlvMetadata metadata;
      const auto type = static_cast<Amf>(in.u8());
      if (type == Amf::kEcma) {
        in.skip(4);
      } else if (type != Amf::kObject) {
        return FlvIgnored{};
      }
      read_properties(in, metadata);
      return metadata;
    }
  }
  return FlvIgnored{};
}

}  // namespace estrad::pipeline
