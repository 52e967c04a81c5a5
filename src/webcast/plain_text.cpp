#include "webcast/plain_text.h"

#include <cstdint>

#include <spdlog/fmt/fmt.h>

#include "base/text.h"

namespace estrad::webcast {
namespace {

/// The code point at the front of well-formed UTF-8, taken off it.
std::uint32_t next_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t value = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(length);
  return value;
}

bool is_control(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/// Embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9), and the line
/// and paragraph separators, which break lines where none are expected.
bool is_layout_mark(std::uint32_t c) {
  return (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool has_forbidden_character(std::string_view text, std::string_view allowed_controls) {
  while (!text.empty()) {
    const std::uint32_t c = next_code_point(text);
    const bool is_allowed =
        c < 0x80 && allowed_controls.find(static_cast<char>(c)) != std::string_view::npos;
    if ((is_control(c) && !is_allowed) || is_layout_mark(c)) {
      return true;
    }
  }
  return false;
}

Result<std::string> checked(std::string_view field, std::string text, TextLimits limits,
                            std::string_view allowed_controls) {
  if (has_forbidden_character(text, allowed_controls)) {
    return fail(invalid_field(std::string(field), "takes no control characters"));
  }
  const std::size_t length = count_code_points(text);
  if (length < limits.least) {
    return fail(invalid_field(std::string(field),
                              limits.least == 1
                                  ? std::string("is needed")
                                  : fmt::format("takes at least {} characters", limits.least)));
  }
  if (length > limits.most) {
    return fail(invalid_field(std::string(field), fmt::format("takes at most {} characters, not {}",
                                                              limits.most, length)));
  }
  return text;
}

Status check_encoding(std::string_view field, std::string_view text, TextLimits limits) {
  // No code point has more than four bytes: the size is judged before anything is read.
  if (text.size() > limits.most * 4 + 64) {
    return fail(
        invalid_field(std::string(field), fmt::format("takes at most {} characters", limits.most)));
  }
  if (!is_plain_utf8(text)) {
    return fail(invalid_field(std::string(field), "is to be UTF-8 without U+0000"));
  }
  return {};
}

std::string with_unix_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out.push_back(text[i]);
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out.push_back('\n');
    }
  }
  return out;
}

}  // namespace

Result<std::string> plain_line(std::string_view field, std::string_view text, TextLimits limits) {
  if (auto encoding = check_encoding(field, text, limits); !encoding) {
    return fail(std::move(encoding).error());
  }
  return checked(field, std::string(trim(text)), limits, "");
}

Result<std::string> plain_block(std::string_view field, std::string_view text, TextLimits limits) {
  if (auto encoding = check_encoding(field, text, limits); !encoding) {
    return fail(std::move(encoding).error());
  }
  return checked(field, with_unix_line_ends(trim(text)), limits, "\n\t");
}

}  // namespace estrad::webcast
