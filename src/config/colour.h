#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

/// Contrast as WCAG 2.1 defines it (relative luminance of sRGB colours).
namespace estrad::config {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  bool operator==(const Colour&) const = default;
};

inline constexpr Colour kWhite{255, 255, 255};
/// The dark ground of pages (look.md: dark by the viewer's setting).
inline constexpr Colour kDarkGround{0x12, 0x16, 0x1c};
/// WCAG 2.1 success criterion 1.4.3, level AA, text of normal size.
inline constexpr double kContrastAa = 4.5;

/// `#rrggbb` or `#rgb`.
[[nodiscard]] Result<Colour> parse_colour(std::string_view text);
[[nodiscard]] std::string to_string(Colour colour);

/// From 1 (the same luminance) to 21 (black on white).
[[nodiscard]] double contrast(Colour a, Colour b);

/// `colour` itself when it has AA contrast against `ground`; else the nearest on its way to black
/// (light ground) or white (dark ground) that has.
[[nodiscard]] Colour nearest_passing(Colour colour, Colour ground);

}  // namespace estrad::config
