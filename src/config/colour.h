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
/// The lightest and the darkest that text in the accent colour stands on (player/src/styles: the
/// ground of light pages, the surface of dark ones).
inline constexpr Colour kLightGround{0xf4, 0xf6, 0xf6};
inline constexpr Colour kDarkGround{0x18, 0x21, 0x26};
/// WCAG 2.1 success criterion 1.4.3, level AA, text of normal size.
inline constexpr double kContrastAa = 4.5;
/// Asked of the accent on dark ground, which also stands on washes of itself.
inline constexpr double kContrastOnDark = 6.5;

/// `#rrggbb` or `#rgb`.
[[nodiscard]] Result<Colour> parse_colour(std::string_view text);
[[nodiscard]] std::string to_string(Colour colour);

/// From 1 (the same luminance) to 21 (black on white).
[[nodiscard]] double contrast(Colour a, Colour b);

/// `colour` itself when it has the contrast against `ground`; else the nearest on its way to black
/// (light ground) or white (dark ground) that has.
[[nodiscard]] Colour nearest_passing(Colour colour, Colour ground,
                                     double wanted_contrast = kContrastAa);

}  // namespace estrad::config
