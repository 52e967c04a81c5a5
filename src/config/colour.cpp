#include "config/colour.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <spdlog/fmt/fmt.h>

namespace estrad::config {
namespace {

double linear(std::uint8_t channel) {
  const double value = channel / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

std::uint8_t mix(std::uint8_t from, std::uint8_t to, int step, int steps) {
  return static_cast<std::uint8_t>(from + (to - from) * step / steps);
}

}  // namespace

Result<Colour> parse_colour(std::string_view text) {
  std::array<unsigned, 6> digits{};
  const bool is_short = text.size() == 4;
  bool is_valid = (is_short || text.size() == 7) && text.front() == '#';
  for (std::size_t i = 0; is_valid && i < digits.size(); ++i) {
    const char* digit = text.data() + 1 + (is_short ? i / 2 : i);
    is_valid = std::from_chars(digit, digit + 1, digits.at(i), 16).ec == std::errc();
  }
  if (!is_valid) {
    return fail(invalid_input("a colour, like #0f5c8c"));
  }
  const auto channel = [&](std::size_t index) {
    return static_cast<std::uint8_t>(digits.at(index) * 16 + digits.at(index + 1));
  };
  return Colour{channel(0), channel(2), channel(4)};
}

std::string to_string(Colour colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

double contrast(Colour a, Colour b) {
  const double lighter = std::max(luminance(a), luminance(b));
  const double darker = std::min(luminance(a), luminance(b));
  return (lighter + 0.05) / (darker + 0.05);
}

Colour nearest_passing(Colour colour, Colour ground, double wanted_contrast) {
  constexpr int kSteps = 255;
  const std::uint8_t target = luminance(ground) > 0.18 ? 0 : 255;
  for (int step = 0; step < kSteps; ++step) {
    const Colour candidate{mix(colour.red, target, step, kSteps),
                           mix(colour.green, target, step, kSteps),
                           mix(colour.blue, target, step, kSteps)};
    if (contrast(candidate, ground) >= wanted_contrast) {
      return candidate;
    }
  }
  return {target, target, target};
}

}  // namespace estrad::config
