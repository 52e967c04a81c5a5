#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace estrad::pipeline {

/// An H.264 decoder configuration record (avcC; ISO 14496-15, 5.3.3.1).
struct AvcConfiguration {
  std::uint8_t profile = 0;       ///< profile_idc: 66 baseline, 77 main, 100 high
  std::uint8_t level = 0;         ///< level_idc: 31 is level 3.1
  std::size_t length_bytes = 4;   ///< of the length before each NAL unit
  std::vector<Bytes> parameters;  ///< sequence and picture parameter sets
};
[[nodiscard]] Result<AvcConfiguration> parse_avc_configuration(ByteView configuration);

/// An access unit as it may stand in a CMAF track.
struct AvcUnit {
  Bytes data;
  bool is_idr = false;
};

/// Checks the NAL units of an access unit against what they say of their own lengths, and leaves
/// out what a CMAF track has no use for: filler data (constant bit rate encoders pad with it) and
/// parameter sets that the configuration holds already. Media error: lengths that do not fit, no
/// picture, or parameter sets that the configuration does not hold.
[[nodiscard]] Result<AvcUnit> clean_access_unit(ByteView data,
                                                const AvcConfiguration& configuration);

}  // namespace estrad::pipeline
