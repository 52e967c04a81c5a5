#include "archive/index_record.h"

#include <gtest/gtest.h>

namespace estrad::archive {
namespace {

IndexRecord full_record() {
  IndexRecord record;
  record.msn = 0x1122334455667788ULL;
  record.offset = 1ULL << 40;
  record.decode_time = 987654321;
  record.date = from_epoch_ms(1'773'147'600'123);
  record.size = 77;
  record.duration = 45000;
  record.run = 3;
  record.file = 4;
  record.discontinuity_sequence = 5;
  record.part = 6;
  record.is_independent = true;
  record.is_gap = true;
  record.checksum = 0xDEADBEEF;
  return record;
}

TEST(IndexRecord, RoundTripsThroughSixtyFourBytes) {
  const Bytes bytes = encode(full_record());
  EXPECT_EQ(bytes.size(), kRecordSize);
  EXPECT_EQ(decode_record(bytes), full_record());
}

TEST(IndexRecord, AnyChangedByteIsNoticed) {
  const Bytes bytes = encode(full_record());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    Bytes changed = bytes;
    changed[at] ^= 0x10;
    EXPECT_FALSE(decode_record(changed)) << at;
  }
  EXPECT_FALSE(decode_record(Bytes(kRecordSize)));
  EXPECT_FALSE(decode_record(ByteView(bytes).first(63)));
}

TEST(IndexRecord, KeepsAllThatAPartSays) {
  hls::Part part;
  part.run = 2;
  part.msn = 17;
  part.index = 3;
  part.init = 4;
  part.decode_time = 123;
  part.duration = 45;
  part.is_independent = true;
  part.is_last = true;
  part.starts_discontinuity = true;
  part.discontinuity_sequence = 6;
  part.date = from_epoch_ms(789);
  part.bytes = share(std::string_view("x"));
  const hls::Part back = part_of(record_of(part, 1000));
  EXPECT_EQ(back.run, 2U);
  EXPECT_EQ(back.msn, 17U);
  EXPECT_EQ(back.index, 3U);
  EXPECT_EQ(back.init, 4U);
  EXPECT_EQ(back.end_time(), 168U);
  EXPECT_TRUE(back.is_independent && back.is_last && back.starts_discontinuity && !back.is_gap);
  EXPECT_EQ(back.discontinuity_sequence, 6U);
  EXPECT_EQ(back.date, part.date);
}

TEST(IndexHeader, NamesItsTimescaleAndRefusesOthers) {
  const Bytes header = make_index_header(90000);
  EXPECT_EQ(parse_index_header(header).value(), 90000U);
  for (std::size_t at = 0; at < header.size(); ++at) {
    Bytes changed = header;
    changed[at] ^= 1;
    EXPECT_FALSE(parse_index_header(changed)) << at;
  }
}

}  // namespace
}  // namespace estrad::archive
