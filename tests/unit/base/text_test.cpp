#include "base/text.h"

#include <gtest/gtest.h>

namespace estrad {
namespace {

TEST(Utf8, TakesEveryLengthOfSequence) {
  EXPECT_TRUE(is_plain_utf8("a \xC3\xA5 \xE2\x82\xAC \xF0\x9F\x98\x80"));
}

TEST(Utf8, RefusesOverlongSurrogatesAndNul) {
  EXPECT_FALSE(is_plain_utf8("\xC0\xAF"));
  EXPECT_FALSE(is_plain_utf8("\xE0\x80\x80"));
  EXPECT_FALSE(is_plain_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_plain_utf8("\xF4\x90\x80\x80"));
  EXPECT_FALSE(is_plain_utf8(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_plain_utf8("\xE2\x82"));
}

TEST(Rfc3339, RoundTripsThroughText) {
  const auto time = parse_rfc3339("2026-03-10T13:00:00.250Z");
  ASSERT_TRUE(time);
  EXPECT_EQ(format_rfc3339(*time), "2026-03-10T13:00:00.250Z");
}

TEST(Rfc3339, TakesAnyOffset) {
  EXPECT_EQ(parse_rfc3339("2026-03-10T14:30:00+01:30"), parse_rfc3339("2026-03-10T13:00:00Z"));
  EXPECT_EQ(parse_rfc3339("2026-03-10T08:00:00-05:00"), parse_rfc3339("2026-03-10T13:00:00Z"));
}

TEST(Rfc3339, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "2026-03-10", "2026-02-30T00:00:00Z", "2026-03-10T24:00:00Z", "2026-03-10T13:00:00",
        "2026-03-10T13:00:00Zjunk", "2026-03-10T13:00:00.Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(ParseU64, TakesDigitsAlone) {
  EXPECT_EQ(parse_u64("18446744073709551615"), 18446744073709551615U);
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "0x1", "18446744073709551616"}) {
    EXPECT_FALSE(parse_u64(text)) << text;
  }
}

TEST(EscapeHtml, LeavesNothingThatOpensATag) {
  EXPECT_EQ(escape_html("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
}

TEST(Split, KeepsEmptyItems) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
}

}  // namespace
}  // namespace estrad
