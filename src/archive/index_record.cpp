#include "archive/index_record.h"

#include <string_view>

#include <zlib.h>

namespace estrad::archive {
namespace {

constexpr std::string_view kMagic = "ESTRADIX";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kChecksummed = kRecordSize - 4;

enum Flag : std::uint16_t {
  kIndependent = 1,
  kLast = 2,
  kDiscontinuity = 4,
  kGap = 8,
  kInit = 16,
};

std::uint16_t flags_of(const IndexRecord& record) {
  return static_cast<std::uint16_t>((record.is_independent ? kIndependent : 0) |
                                    (record.is_last ? kLast : 0) |
                                    (record.starts_discontinuity ? kDiscontinuity : 0) |
                                    (record.is_gap ? kGap : 0) | (record.is_init ? kInit : 0));
}

void set_flags(IndexRecord& record, std::uint16_t flags) {
  record.is_independent = (flags & kIndependent) != 0;
  record.is_last = (flags & kLast) != 0;
  record.starts_discontinuity = (flags & kDiscontinuity) != 0;
  record.is_gap = (flags & kGap) != 0;
  record.is_init = (flags & kInit) != 0;
}

/// Ends a header or record with the checksum of what is before it.
void seal(Bytes& bytes) {
  ByteWriter(bytes).u32(checksum(bytes));
}

bool is_sealed(ByteView bytes) {
  return bytes.size() == kRecordSize &&
         ByteReader(bytes.subspan(kChecksummed)).u32() == checksum(bytes.first(kChecksummed));
}

}  // namespace

std::uint32_t checksum(ByteView bytes) {
  return static_cast<std::uint32_t>(crc32_z(0, bytes.data(), bytes.size()));
}

Bytes make_index_header(std::uint32_t timescale) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.append(kMagic);
  writer.u32(kVersion);
  writer.u32(kRecordSize);
  writer.u32(timescale);
  bytes.resize(kChecksummed);
  seal(bytes);
  return bytes;
}

Result<std::uint32_t> parse_index_header(ByteView header) {
  ByteReader reader(header);
  const ByteView magic = reader.take(kMagic.size());
  const std::uint32_t version = reader.u32();
  const std::uint32_t record_size = reader.u32();
  const std::uint32_t timescale = reader.u32();
  if (reader.failed() || as_text(magic) != kMagic) {
    return fail(media_error("not an index of Estrad"));
  }
  if (version != kVersion || record_size != kRecordSize) {
    return fail(media_error("an index of another version (made by a newer Estrad?)"));
  }
  if (!is_sealed(header) || timescale == 0) {
    return fail(media_error("a damaged index header"));
  }
  return timescale;
}

Bytes encode(const IndexRecord& record) {
  Bytes bytes;
  bytes.reserve(kRecordSize);
  ByteWriter writer(bytes);
  writer.u64(record.msn);
  writer.u64(record.offset);
  writer.u64(record.decode_time);
  writer.u64(static_cast<std::uint64_t>(epoch_ms(record.date)));
  writer.u32(record.size);
  writer.u32(record.duration);
  writer.u32(record.run);
  writer.u32(record.file);
  writer.u32(record.discontinuity_sequence);
  writer.u16(record.part);
  writer.u16(flags_of(record));
  writer.u32(record.checksum);
  seal(bytes);
  return bytes;
}

std::optional<IndexRecord> decode_record(ByteView bytes) {
  if (!is_sealed(bytes)) {
    return std::nullopt;
  }
  ByteReader reader(bytes);
  IndexRecord record;
  record.msn = reader.u64();
  record.offset = reader.u64();
  record.decode_time = reader.u64();
  record.date = from_epoch_ms(static_cast<std::int64_t>(reader.u64()));
  record.size = reader.u32();
  record.duration = reader.u32();
  record.run = reader.u32();
  record.file = reader.u32();
  record.discontinuity_sequence = reader.u32();
  record.part = reader.u16();
  set_flags(record, reader.u16());
  record.checksum = reader.u32();
  return record;
}

IndexRecord record_of(const hls::Part& part, std::uint64_t offset) {
  IndexRecord record;
  record.msn = part.msn;
  record.offset = offset;
  record.decode_time = part.decode_time;
  record.date = part.date;
  record.size = part.bytes ? static_cast<std::uint32_t>(part.bytes->size()) : 0;
  record.duration = part.duration;
  record.run = part.run;
  record.file = part.init;
  record.discontinuity_sequence = static_cast<std::uint32_t>(part.discontinuity_sequence);
  record.part = static_cast<std::uint16_t>(part.index);
  record.is_independent = part.is_independent;
  record.is_last = part.is_last;
  record.starts_discontinuity = part.starts_discontinuity;
  record.is_gap = part.is_gap;
  record.checksum = part.bytes ? checksum(*part.bytes) : 0;
  return record;
}

hls::Part part_of(const IndexRecord& record) {
  hls::Part part;
  part.run = record.run;
  part.msn = record.msn;
  part.index = record.part;
  part.init = record.file;
  part.decode_time = record.decode_time;
  part.duration = record.duration;
  part.is_independent = record.is_independent;
  part.is_last = record.is_last;
  part.starts_discontinuity = record.starts_discontinuity;
  part.is_gap = record.is_gap;
  part.discontinuity_sequence = record.discontinuity_sequence;
  part.date = record.date;
  return part;
}

}  // namespace estrad::archive
