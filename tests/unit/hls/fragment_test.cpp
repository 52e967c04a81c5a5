#include "hls/fragment.h"

#include <gtest/gtest.h>

#include "support/cmaf.h"

namespace estrad::hls {
namespace {

using estrad::test::make_box;
using estrad::test::make_fragment;
using estrad::test::make_init;

TEST(Fragment, GetsItsTimeAndSequenceAndNothingElseChanges) {
  const Bytes before = make_fragment(90000);
  const auto after = retime(before, 0x123456789AULL, 77);
  ASSERT_TRUE(after);
  const auto times = read_times(*after);
  ASSERT_TRUE(times);
  EXPECT_EQ(times->decode_time, 0x123456789AULL);
  EXPECT_EQ(times->sequence, 77U);
  EXPECT_EQ(retime(*after, 90000, 1).value(), before);
}

TEST(Fragment, MayHaveABrandBeforeIt) {
  Bytes bytes = make_box("styp", as_bytes("cmfs"));
  ByteWriter(bytes).append(make_fragment(5));
  EXPECT_EQ(read_times(bytes).value().decode_time, 5U);
}

TEST(Fragment, CutAnywhereIsRefused) {
  const Bytes whole = make_fragment(1);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(read_times(ByteView(whole).first(length))) << length;
  }
}

TEST(Fragment, AnyByteWrongNeverReadsOutside) {
  const Bytes whole = make_fragment(1);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int value : {0, 1, 0x7F, 0xFF}) {
      Bytes bytes = whole;
      bytes[at] = static_cast<std::uint8_t>(value);
      static_cast<void>(retime(bytes, 2, 2));
    }
  }
}

TEST(Fragment, TwoInOneAreRefused) {
  Bytes bytes = make_fragment(1);
  ByteWriter(bytes).append(make_fragment(2));
  EXPECT_EQ(read_times(bytes).error().kind, ErrorKind::kMedia);
}

TEST(Fragment, ShortTimeIsRefused) {
  Bytes bytes = make_fragment(1);
  const auto at = find_fields(bytes).value().decode_time_at;
  bytes[at - 4] = 0;  // version 0: 32 bits
  EXPECT_EQ(read_times(bytes).error().message, "CMAF fragment: tfdt is not of version 1");
}

TEST(InitSegment, EndsWithItsMoov) {
  Bytes bytes = make_init("x");
  const std::size_t length = bytes.size();
  ByteWriter(bytes).append(make_fragment(0));
  EXPECT_EQ(init_length(bytes).value(), length);
  EXPECT_FALSE(init_length(make_fragment(0)));
  EXPECT_FALSE(init_length(ByteView(bytes).first(length - 1)));
}

}  // namespace
}  // namespace estrad::hls
