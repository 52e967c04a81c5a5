#include "demo/qr_code.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/text.h"

namespace estrad::demo {
namespace {

TEST(QrCode, HasAQuietZoneAndSquareFinderPatterns) {
  const auto code = qr_code_for_terminal("http://192.0.2.7:8080/w/demo").value();
  const auto lines = split(code, '\n');
  // Version 3 (29 modules) and four modules of nothing on each side, two modules a line.
  ASSERT_EQ(lines.size(), 20U);
  EXPECT_EQ(lines[0], "\x1b[30;107m" + std::string(37, ' ') + "\x1b[0m");
  EXPECT_TRUE(lines[2].starts_with("\x1b[30;107m    █▀▀▀▀▀█ ")) << lines[2];
  EXPECT_TRUE(lines[5].starts_with("\x1b[30;107m    ▀▀▀▀▀▀▀ ")) << lines[5];
}

TEST(QrCode, RefusesWhatDoesNotFit) {
  const auto code = qr_code_for_terminal(std::string(5000, 'x'));
  ASSERT_FALSE(code.has_value());
  EXPECT_EQ(code.error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace estrad::demo
