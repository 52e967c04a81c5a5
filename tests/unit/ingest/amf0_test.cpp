#include <gtest/gtest.h>

#include "ingest/rtmp/amf0_reader.h"
#include "ingest/rtmp/amf0_writer.h"
#include "unit/ingest/hex.h"

namespace estrad::ingest::rtmp {
namespace {

using test::hex;

Result<AmfValue> read(const Bytes& bytes, AmfLimits limits = {}) {
  return AmfReader(bytes, limits).next();
}

Bytes write(const AmfValue& value) {
  Bytes bytes;
  write_amf(value, bytes);
  return bytes;
}

TEST(Amf0, WritesEachTypeAsTheSpecificationSays) {
  EXPECT_EQ(write(AmfNull{}), hex("05"));
  EXPECT_EQ(write(AmfUndefined{}), hex("06"));
  EXPECT_EQ(write(true), hex("01 01"));
  EXPECT_EQ(write(1.0), hex("00 3ff0000000000000"));
  EXPECT_EQ(write("live"), hex("02 0004 6c697665"));
  EXPECT_EQ(write(AmfDate{0}), hex("0b 0000000000000000 0000"));
  EXPECT_EQ(write(AmfObject{{{"a", true}}}), hex("03 0001 61 0101 0000 09"));
  EXPECT_EQ(write(AmfEcmaArray{{{"a", true}}}), hex("08 00000001 0001 61 0101 0000 09"));
  EXPECT_EQ(write(AmfStrictArray{{AmfNull{}, false}}), hex("0a 00000002 05 0100"));
}

TEST(Amf0, ReadsBackWhatItWrites) {
  const AmfValue value =
      AmfObject{{{"app", "live/room"},
                 {"fourCcList", AmfStrictArray{{"av01", "hvc1"}}},
                 {"nested", AmfEcmaArray{{{"width", 1280.0}, {"stereo", true}, {"x", AmfNull{}}}}},
                 {"long", std::string(70'000 - 5'000, 'x')},
                 {"when", AmfDate{1.7e12}},
                 {"none", AmfUndefined{}}}};
  const auto back = read(write(value));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_TRUE(*back == value);
}

TEST(Amf0, WritesAStringThatIsTooLongForTwoBytesAsALongOne) {
  const Bytes bytes = write(std::string(65'536, 'x'));
  EXPECT_EQ(Bytes(bytes.begin(), bytes.begin() + 5), hex("0c 00010000"));
  EXPECT_EQ(bytes.size(), 5U + 65'536U);
}

TEST(Amf0, DoesNotTrustTheCountOfAnEcmaArray) {
  const auto value = read(hex("08 ffffffff 0001 61 0101 0000 09"));
  ASSERT_TRUE(value);
  EXPECT_TRUE(*value == AmfValue(AmfEcmaArray{{{"a", true}}}));
}

TEST(Amf0, ForgivesAMissingEndOfTheLastObject) {
  EXPECT_TRUE(read(hex("03 0001 61 0101")));
}

TEST(Amf0, ReadsATypedObjectAsAnObject) {
  const auto value = read(hex("10 0001 43 0001 61 0101 0000 09"));
  ASSERT_TRUE(value);
  EXPECT_TRUE(*value == AmfValue(AmfObject{{{"a", true}}}));
}

TEST(Amf0, RefusesEveryCutOffMessage) {
  const Bytes whole = write(AmfStrictArray{{"xy", 2.0, AmfDate{1}, AmfObject{}, true}});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(read(cut)) << size;
  }
}

TEST(Amf0, RefusesTypesThatNobodySends) {
  for (const int marker : {0x04, 0x07, 0x09, 0x0E, 0x11, 0x12, 0xFF}) {
    EXPECT_FALSE(read({static_cast<std::uint8_t>(marker), 0, 0, 0, 0, 0, 0, 0, 0})) << marker;
  }
}

TEST(Amf0, RefusesWhatIsNestedTooDeep) {
  Bytes deep;
  for (int i = 0; i < 10'000; ++i) {
    test::append(deep, hex("0a 00000001"));
  }
  deep.push_back(0x05);
  const auto value = read(deep);
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().message, "AMF 0 is nested deeper than 16");
}

TEST(Amf0, RefusesTooManyValues) {
  const Bytes three = write(AmfStrictArray{{true, true}});
  EXPECT_TRUE(read(three, {.values = 3}));
  EXPECT_FALSE(read(three, {.values = 2}));
}

TEST(Amf0, RefusesAStringLargerThanAllowed) {
  EXPECT_FALSE(read(write("hello"), {.string_bytes = 4}));
  EXPECT_FALSE(read(hex("0c ffffffff 61")));
}

TEST(Amf0, ReadsOneValueAfterTheOther) {
  const Bytes bytes = hex("02 0001 61 05");
  AmfReader reader(bytes);
  EXPECT_TRUE(*reader.next() == AmfValue("a"));
  EXPECT_EQ(reader.position(), 4U);
  EXPECT_FALSE(reader.is_at_end());
  EXPECT_TRUE(*reader.next() == AmfValue(AmfNull{}));
  EXPECT_TRUE(reader.is_at_end());
}

}  // namespace
}  // namespace estrad::ingest::rtmp
