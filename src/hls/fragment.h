#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace estrad::hls {

/// Gives a CMAF fragment its place on the take's time line: writes `tfdt` (which must be version
/// 1, with 64 bits) and the sequence number of `mfhd` in place, and touches nothing else.
///
/// The fragment comes from the worker process, so it is not trusted: it must be exactly one `moof`
/// with one `traf`, followed by one `mdat` (a `styp`, `prft`, `emsg` or `sidx` may go before), and
/// all boxes must lie within each other. Anything else is a media error.
[[nodiscard]] Result<Bytes> retime(Bytes fragment, std::uint64_t decode_time,
                                   std::uint32_t sequence);

/// Times of a fragment as they stand in it. Same checks as `retime`.
struct FragmentTimes {
  std::uint64_t decode_time = 0;
  std::uint32_t sequence = 0;
};
[[nodiscard]] Result<FragmentTimes> read_times(ByteView fragment);

/// The length of the init segment (`ftyp` + `moov`) that a file or worker record begins with.
[[nodiscard]] Result<std::size_t> init_length(ByteView bytes);

}  // namespace estrad::hls
