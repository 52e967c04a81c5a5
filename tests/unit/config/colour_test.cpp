#include "config/colour.h"

#include <gtest/gtest.h>

namespace estrad::config {
namespace {

TEST(Colour, TakesLongAndShortForm) {
  EXPECT_EQ(parse_colour("#0f5c8c").value(), (Colour{0x0f, 0x5c, 0x8c}));
  EXPECT_EQ(parse_colour("#fA0").value(), (Colour{0xff, 0xaa, 0x00}));
  for (const auto* text : {"", "#", "0f5c8c", "#0f5c8", "#0f5c8g", "blue", "#-f5c8c"}) {
    EXPECT_FALSE(parse_colour(text).has_value()) << text;
  }
}

// The examples of WCAG's understanding documents.
TEST(Colour, MeasuresContrastAsWcagDoes) {
  EXPECT_NEAR(contrast(kWhite, Colour{0, 0, 0}), 21.0, 0.01);
  EXPECT_NEAR(contrast(kWhite, Colour{0x77, 0x77, 0x77}), 4.48, 0.01);
  EXPECT_NEAR(contrast(kWhite, Colour{0x76, 0x76, 0x76}), 4.54, 0.01);
}

TEST(Colour, ThatPassesIsItsOwnNearest) {
  const Colour blue{0x0f, 0x5c, 0x8c};
  EXPECT_EQ(nearest_passing(blue, kWhite), blue);
}

TEST(Colour, ThatFailsIsDarkenedOnLightGroundAndLightenedOnDark) {
  const Colour yellow{0xff, 0xcc, 0x00};
  const auto darker = nearest_passing(yellow, kWhite);
  EXPECT_GE(contrast(darker, kWhite), kContrastAa);
  EXPECT_LT(contrast(darker, kWhite), kContrastAa + 0.1);

  const Colour navy{0x00, 0x20, 0x60};
  const auto lighter = nearest_passing(navy, kDarkGround);
  EXPECT_GE(contrast(lighter, kDarkGround), kContrastAa);
  EXPECT_LT(contrast(lighter, kDarkGround), kContrastAa + 0.1);
}

}  // namespace
}  // namespace estrad::config
