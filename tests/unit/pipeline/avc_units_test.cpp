#include "pipeline/avc_units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace estrad::pipeline {
namespace {

using ::testing::HasSubstr;

const Bytes kSps = {0x67, 100, 0, 31, 1};
const Bytes kPps = {0x68, 2, 3};
const Bytes kIdr = {0x65, 9, 9, 9};
const Bytes kSlice = {0x41, 8, 8};
const Bytes kFiller = {0x0c, 0xff, 0xff, 0x80};

Bytes avcc() {
  Bytes bytes = {1, 100, 0, 31, 0xff, 0xe1, 0, 5};
  ByteWriter out(bytes);
  out.append(kSps);
  out.u8(1);
  out.u16(3);
  out.append(kPps);
  return bytes;
}

Bytes units(const std::vector<Bytes>& nals) {
  Bytes bytes;
  ByteWriter out(bytes);
  for (const Bytes& nal : nals) {
    out.u32(static_cast<std::uint32_t>(nal.size()));
    out.append(nal);
  }
  return bytes;
}

class AvcUnits : public ::testing::Test {
 protected:
  AvcConfiguration avc_ = parse_avc_configuration(avcc()).value();
};

TEST_F(AvcUnits, TheConfigurationSaysWhatTheStreamIs) {
  EXPECT_EQ(avc_.profile, 100);
  EXPECT_EQ(avc_.level, 31);
  EXPECT_EQ(avc_.length_bytes, 4U);
  EXPECT_EQ(avc_.parameters, (std::vector<Bytes>{kSps, kPps}));
}

TEST_F(AvcUnits, AConfigurationThatIsCutShortIsAnError) {
  const Bytes whole = avcc();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(parse_avc_configuration(ByteView(whole).first(size))) << size;
  }
}

TEST_F(AvcUnits, FillerAndKnownParameterSetsAreLeftOut) {
  const auto unit = clean_access_unit(units({kSps, kPps, kIdr, kFiller}), avc_);
  ASSERT_TRUE(unit);
  EXPECT_EQ(unit->data, units({kIdr}));
  EXPECT_TRUE(unit->is_idr);
  EXPECT_FALSE(clean_access_unit(units({kSlice, kFiller}), avc_)->is_idr);
}

TEST_F(AvcUnits, OtherParameterSetsAreAnError) {
  const auto unit = clean_access_unit(units({{0x67, 77, 0, 30, 1}, kIdr}), avc_);
  ASSERT_FALSE(unit);
  EXPECT_THAT(unit.error().message, HasSubstr("parameter sets"));
}

TEST_F(AvcUnits, LengthsThatDoNotFitAreAnError) {
  Bytes cut = units({kIdr, kSlice});
  cut.pop_back();
  EXPECT_FALSE(clean_access_unit(cut, avc_));
  EXPECT_FALSE(clean_access_unit(units({{}}), avc_));
  EXPECT_FALSE(clean_access_unit(units({kFiller}), avc_));
}

}  // namespace
}  // namespace estrad::pipeline
