#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "hls/segment.h"

/// The format of <track>.index: a header of 64 bytes, then one record of 64 bytes for each init
/// segment and each part, in the order of time. Numbers are big-endian. A record is written after
/// the bytes that it speaks of, so a valid record (its own checksum) with valid bytes (theirs) is
/// proof of a part; the first that is not valid ends the index.
namespace estrad::archive {

inline constexpr std::size_t kRecordSize = 64;

/// "ESTRADIX", version u32, record size u32, timescale u32, zeros, CRC-32 u32.
[[nodiscard]] Bytes make_index_header(std::uint32_t timescale);
/// The timescale; a media error for another format or a newer version.
[[nodiscard]] Result<std::uint32_t> parse_index_header(ByteView header);

/// | at | bytes | what |
/// | --- | --- | --- |
/// | 0 | 8 | media sequence number |
/// | 8 | 8 | offset in the file |
/// | 16 | 8 | decode time, ticks |
/// | 24 | 8 | program date-time, ms since 1970 |
/// | 32 | 4 | size |
/// | 36 | 4 | duration, ticks |
/// | 40 | 4 | run |
/// | 44 | 4 | file number N (and of the init segment) |
/// | 48 | 4 | discontinuity sequence |
/// | 52 | 2 | part |
/// | 54 | 2 | flags: 1 independent, 2 last, 4 discontinuity, 8 gap, 16 init segment |
/// | 56 | 4 | CRC-32 of the bytes |
/// | 60 | 4 | CRC-32 of the 60 bytes before |
struct IndexRecord {
  std::uint64_t msn = 0;
  std::uint64_t offset = 0;
  std::uint64_t decode_time = 0;
  WallTime date{};
  std::uint32_t size = 0;
  std::uint32_t duration = 0;
  std::uint32_t run = 1;
  std::uint32_t file = 1;
  std::uint32_t discontinuity_sequence = 0;
  std::uint16_t part = 0;
  bool is_independent = false;
  bool is_last = false;
  bool starts_discontinuity = false;
  bool is_gap = false;
  /// An init segment: only run, file, offset (0), size and checksum mean something.
  bool is_init = false;
  std::uint32_t checksum = 0;

  bool operator==(const IndexRecord&) const = default;
};

[[nodiscard]] Bytes encode(const IndexRecord& record);
/// Nullopt when the checksum does not fit.
[[nodiscard]] std::optional<IndexRecord> decode_record(ByteView bytes);

[[nodiscard]] std::uint32_t checksum(ByteView bytes);

[[nodiscard]] IndexRecord record_of(const hls::Part& part, std::uint64_t offset);
/// The part without its bytes.
[[nodiscard]] hls::Part part_of(const IndexRecord& record);

}  // namespace estrad::archive
