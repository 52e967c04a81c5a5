#include "pipeline/codec_string.h"

#include <array>

#include <spdlog/fmt/fmt.h>

namespace estrad::pipeline {
namespace {

/// Reads single bits; past the end gives zeros.
class BitReader {
 public:
  explicit BitReader(ByteView bytes) : bytes_(bytes) {}

  std::uint32_t take(unsigned count) {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < count; ++i, ++position_) {
      const std::size_t byte = position_ / 8;
      const unsigned shift = 7 - position_ % 8;
      value = value << 1U | (byte < bytes_.size() ? (bytes_[byte] >> shift) & 1U : 0U);
    }
    return value;
  }

 private:
  ByteView bytes_;
  std::size_t position_ = 0;
};

constexpr std::array<std::uint32_t, 13> kSampleRates = {
    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350};

}  // namespace

Result<std::string> avc_codec_string(ByteView configuration) {
  if (configuration.size() < 4 || configuration[0] != 1) {
    return fail(media_error("an H.264 configuration that is not avcC"));
  }
  return fmt::format("avc1.{:02x}{:02x}{:02x}", configuration[1], configuration[2],
                     configuration[3]);
}

Result<AacConfiguration> parse_aac_configuration(ByteView configuration) {
  if (configuration.size() < 2) {
    return fail(media_error("an AAC configuration that is too short"));
  }
  BitReader bits(configuration);
  AacConfiguration aac;
  std::uint32_t object_type = bits.take(5);
  if (object_type == 31) {
    object_type = 32 + bits.take(6);
  }
  aac.object_type = static_cast<std::uint8_t>(object_type);
  const std::uint32_t rate_index = bits.take(4);
  if (rate_index == 15) {
    aac.sample_rate = bits.take(24);
  } else if (rate_index < kSampleRates.size()) {
    aac.sample_rate = kSampleRates.at(rate_index);
  }
  const std::uint32_t channels = bits.take(4);
  aac.channels = static_cast<std::uint8_t>(channels == 7 ? 8 : channels);
  if (aac.object_type == 0 || aac.sample_rate < 7350 || aac.sample_rate > 96000 || channels > 7) {
    return fail(media_error("an AAC configuration that makes no sense"));
  }
  return aac;
}

std::string aac_codec_string(const AacConfiguration& configuration) {
  return fmt::format("mp4a.40.{}", configuration.object_type);
}

}  // namespace estrad::pipeline
