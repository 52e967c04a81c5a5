#include "base/gzip.h"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

namespace estrad {
namespace {

std::string unpack(const std::string& packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  std::array<char, 4096> piece{};
  int result = Z_OK;
  while (result == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    result = inflate(&stream, Z_NO_FLUSH);
    text.append(piece.data(), piece.size() - stream.avail_out);
  }
  // Z_STREAM_END: also the checksum and the length were right.
  EXPECT_EQ(result, Z_STREAM_END);
  EXPECT_EQ(stream.avail_in, 0U);
  inflateEnd(&stream);
  return text;
}

TEST(Gzip, UnpacksToTheText) {
  for (const std::string& text : {std::string(), std::string("a"), std::string(100'000, 'x')}) {
    EXPECT_EQ(unpack(gzip(text)), text);
  }
}

TEST(Gzip, OfPiecesUnpacksToAllOfThemInARow) {
  const auto first = pack("#EXTM3U\n");
  const auto repeated = pack(std::string(50'000, 'r'));
  const auto empty = pack("");
  const std::vector<PackedTextPtr> pieces = {first, repeated, empty, first, repeated};
  EXPECT_EQ(unpack(gzip(pieces)),
            first->text() + repeated->text() + first->text() + repeated->text());
  EXPECT_EQ(unpack(gzip(std::vector<PackedTextPtr>())), "");
}

}  // namespace
}  // namespace estrad
