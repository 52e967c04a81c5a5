#include "hls/media_name.h"

#include <gtest/gtest.h>

namespace estrad::hls {
namespace {

TEST(MediaName, RoundTripsThroughText) {
  for (const char* text :
       {"init-3.mp4", "1-0.m4s", "2-17.3.m4s", "4294967295-18446744073709551615.0.m4s"}) {
    const auto name = parse_media_name(text);
    ASSERT_TRUE(name) << text;
    EXPECT_EQ(to_string(*name), text);
  }
  EXPECT_EQ(parse_media_name("2-17.3.m4s"), MediaName(PartName{2, 17, 3}));
}

TEST(MediaName, HasOneSpellingOnly) {
  for (const char* text : {"",           "init-.mp4",        "init-01.mp4",
                           "init-1.m4s", "1-2.mp4",          "1-2",
                           "01-2.m4s",   "1-02.m4s",         "1-2.00.m4s",
                           "1-2..m4s",   "1-2.3.4.m4s",      "-1-2.m4s",
                           "1--2.m4s",   "1-+2.m4s",         ".m4s",
                           "-.m4s",      "4294967296-1.m4s", "1-18446744073709551616.m4s",
                           "1-2.m4s/",   "../1-2.m4s",       "init-1.mp4.m4s"}) {
    EXPECT_FALSE(parse_media_name(text)) << text;
  }
}

}  // namespace
}  // namespace estrad::hls
