#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "base/bytes.h"
#include "base/result.h"

/// What the tags of an FLV stream say (Adobe Flash Video File Format 10.1, annex E).
namespace estrad::pipeline {

/// Codecs as they are named in `Signal`. HEVC, AV1 and Opus (Enhanced RTMP) join here.
enum class VideoCodec { kH264 };
enum class AudioCodec { kAac };

/// The numbers of onMetaData that are of use; encoders get the rest wrong too often.
struct FlvMetadata {
  std::optional<double> frame_rate;
};

/// A decoder configuration (for H.264 the avcC box's content); a later one replaces it.
struct FlvVideoHeader {
  VideoCodec codec = VideoCodec::kH264;
  Bytes configuration;
};

struct FlvVideoFrame {
  std::uint32_t timestamp_ms = 0;   ///< decode time as sent: wraps, may jump
  std::int32_t composition_ms = 0;  ///< presentation minus decode time
  bool is_keyframe = false;
  Bytes data;  ///< length-prefixed NAL units
};

/// A decoder configuration (for AAC the AudioSpecificConfig).
struct FlvAudioHeader {
  AudioCodec codec = AudioCodec::kAac;
  Bytes configuration;
};

struct FlvAudioFrame {
  std::uint32_t timestamp_ms = 0;
  Bytes data;
};

/// A tag that is well-formed but of no use here (unknown codec, end of sequence, other metadata).
/// `codec_name` is set when it is a codec that cannot be read.
struct FlvIgnored {
  const char* codec_name = nullptr;
};

using FlvItem = std::variant<FlvIgnored, FlvMetadata, FlvVideoHeader, FlvVideoFrame, FlvAudioHeader,
                             FlvAudioFrame>;

/// The payloads of tag types 9, 8 and 18. A payload that is too short is ignored, as one broken
/// packet must not end a broadcast. Any thread.
[[nodiscard]] FlvItem parse_video_tag(std::uint32_t timestamp_ms, ByteView payload);
[[nodiscard]] FlvItem parse_audio_tag(std::uint32_t timestamp_ms, ByteView payload);
[[nodiscard]] FlvItem parse_script_tag(ByteView payload);

}  // namespace estrad::pipeline
