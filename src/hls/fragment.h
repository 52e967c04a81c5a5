#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

/// CMAF fragments and init segments, as far as the server looks into them. They come from the
/// worker process, so they are not trusted: all boxes must lie within each other.
namespace estrad::hls {

/// Where the two numbers of a fragment stand that the server rewrites.
struct FragmentFields {
  /// `mfhd`, 32 bits.
  std::size_t sequence_at = 0;
  /// `tfdt`, version 1, 64 bits.
  std::size_t decode_time_at = 0;
};

/// Finds them. A fragment is exactly one `moof` with one `traf`, followed by one `mdat`; `styp`,
/// `prft`, `emsg` and `sidx` may go before. Anything else is a media error.
[[nodiscard]] Result<FragmentFields> find_fields(ByteView fragment);
/// Gives a fragment its place on the take's time line; touches nothing else.
void write_times(Bytes& fragment, FragmentFields fields, std::uint64_t decode_time,
                 std::uint32_t sequence);
/// Both in one.
[[nodiscard]] Result<Bytes> retime(Bytes fragment, std::uint64_t decode_time,
                                   std::uint32_t sequence);

struct FragmentTimes {
  std::uint64_t decode_time = 0;
  std::uint32_t sequence = 0;
};
[[nodiscard]] Result<FragmentTimes> read_times(ByteView fragment);

/// The length of the init segment (`ftyp` + `moov`) that a file or worker record begins with.
[[nodiscard]] Result<std::size_t> init_length(ByteView bytes);

}  // namespace estrad::hls
