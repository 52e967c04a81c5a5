#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace estrad::pipeline {

/// The RFC 6381 name of an H.264 stream, from its avcC configuration: `avc1.64001f`.
[[nodiscard]] Result<std::string> avc_codec_string(ByteView configuration);

/// What an AudioSpecificConfig (ISO 14496-3, 1.6.2.1) says.
struct AacConfiguration {
  std::uint8_t object_type = 0;
  std::uint32_t sample_rate = 0;
  /// 0 when the channels are described inside the stream.
  std::uint8_t channels = 0;
};
[[nodiscard]] Result<AacConfiguration> parse_aac_configuration(ByteView configuration);

/// The RFC 6381 name of an AAC stream: `mp4a.40.2`.
[[nodiscard]] std::string aac_codec_string(const AacConfiguration& configuration);

}  // namespace estrad::pipeline
