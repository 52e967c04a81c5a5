#include "demo/barcode.h"

#include <gtest/gtest.h>

namespace estrad::demo {
namespace {

constexpr WallTime kMoment{milliseconds(1'773'147'612'345)};

/// A luma plane whose lowest rows show `cells`, in video levels.
Bytes strip(const Barcode& cells, std::size_t width, std::size_t height) {
  Bytes luma(width * height, 60);
  for (std::size_t row = height * 94 / 100; row < height; ++row) {
    for (std::size_t column = 0; column < width; ++column) {
      luma[row * width + column] = cells.at(column * kBarcodeCells / width) ? 235 : 16;
    }
  }
  return luma;
}

TEST(Barcode, BringsTheTimeBack) {
  EXPECT_EQ(decode_barcode(encode_barcode(kMoment)), kMoment);
  EXPECT_EQ(decode_barcode(encode_barcode(WallTime())), WallTime());
}

TEST(Barcode, BeginsWithWhiteAndBlackThenTheMostSignificantBit) {
  const auto cells = encode_barcode(WallTime(milliseconds(1LL << 43)));
  EXPECT_TRUE(cells[0]);
  EXPECT_FALSE(cells[1]);
  EXPECT_TRUE(cells[2]);
  EXPECT_FALSE(cells[45]);
  // The check: the XOR of the nibbles, here 8 alone.
  EXPECT_TRUE(cells[46]);
  EXPECT_FALSE(cells[47]);
}

TEST(Barcode, WithOneWrongCellIsRefused) {
  for (std::size_t i = 0; i < kBarcodeCells; ++i) {
    auto cells = encode_barcode(kMoment);
    cells.at(i) = !cells.at(i);
    EXPECT_EQ(decode_barcode(cells), std::nullopt) << "cell " << i;
  }
}

TEST(Barcode, IsReadFromPicturesOfEverySize) {
  for (const auto& [width, height] :
       {std::pair<std::size_t, std::size_t>{1920, 1080}, {1280, 720}, {854, 480}, {640, 360}}) {
    const auto luma = strip(encode_barcode(kMoment), width, height);
    EXPECT_EQ(read_barcode({luma, width, height, width}), kMoment) << height;
  }
}

TEST(Barcode, IsNotReadFromAPictureWithout) {
  const Bytes grey(640 * 360, 90);
  EXPECT_EQ(read_barcode({grey, 640, 360, 640}), std::nullopt);
  EXPECT_EQ(read_barcode({grey, 640, 400, 640}), std::nullopt) << "shorter than it says";
  EXPECT_EQ(read_barcode({}), std::nullopt);
}

}  // namespace
}  // namespace estrad::demo
