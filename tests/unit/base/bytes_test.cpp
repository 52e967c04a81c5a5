#include "base/bytes.h"

#include <gtest/gtest.h>

namespace estrad {
namespace {

TEST(ByteReader, ReadsWhatTheWriterWrote) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u8(1);
  writer.u16(0x0203);
  writer.u24(0x040506);
  writer.u32(0x0708090A);
  writer.u64(0x0B0C0D0E0F101112);
  writer.u32_le(7);
  writer.f64(29.97);
  writer.append("tail");

  ByteReader reader(bytes);
  EXPECT_EQ(reader.u8(), 1);
  EXPECT_EQ(reader.u16(), 0x0203);
  EXPECT_EQ(reader.u24(), 0x040506U);
  EXPECT_EQ(reader.u32(), 0x0708090AU);
  EXPECT_EQ(reader.u64(), 0x0B0C0D0E0F101112U);
  EXPECT_EQ(reader.u32_le(), 7U);
  EXPECT_EQ(reader.f64(), 29.97);
  EXPECT_EQ(as_text(reader.rest()), "tail");
  EXPECT_FALSE(reader.failed());
}

TEST(ByteReader, StaysFailedOnceItHasRunPastTheEnd) {
  const Bytes bytes{1, 2};
  ByteReader reader(bytes);
  EXPECT_EQ(reader.u32(), 0U);
  EXPECT_TRUE(reader.failed());
  EXPECT_EQ(reader.u8(), 0);
  EXPECT_TRUE(reader.failed());
}

}  // namespace
}  // namespace estrad
