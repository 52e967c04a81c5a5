#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace estrad {

/// True for well-formed UTF-8 without U+0000 (which no database back end stores alike).
[[nodiscard]] bool is_plain_utf8(std::string_view text);
/// The number of code points; `text` is well-formed UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& items, std::string_view separator);
[[nodiscard]] std::string to_lower_ascii(std::string_view text);

/// `2026-03-10T13:00:00.000Z`
[[nodiscard]] std::string format_rfc3339(WallTime time);
/// Takes any offset and up to nine fraction digits; nullopt when it is not RFC 3339.
[[nodiscard]] std::optional<WallTime> parse_rfc3339(std::string_view text);

/// A whole number in base ten and nothing else; nullopt on a sign, blanks, overflow.
[[nodiscard]] std::optional<std::uint64_t> parse_u64(std::string_view text);

/// Escapes & < > " ' for text and attributes.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace estrad
