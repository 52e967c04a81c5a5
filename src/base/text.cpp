#include "base/text.h"

#include <algorithm>
#include <charconv>

#include <spdlog/fmt/fmt.h>

namespace estrad {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Length of the well-formed sequence at the front, 0 when there is none (RFC 3629, table in
/// section 4).
std::size_t sequence_length(std::string_view text) {
  auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) {
    return lead == 0 ? 0 : 1;
  }
  std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                       : lead >= 0xE0 && lead <= 0xEF ? 3
                       : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                      : 0;
  if (length == 0 || text.size() < length) {
    return 0;
  }
  if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length),
                   is_continuation)) {
    return 0;
  }
  const unsigned char second = at(1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool too_large = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_large ? 0 : length;
}

std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) {
    return std::nullopt;
  }
  int value = 0;
  for (char c : text.substr(0, count)) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool literal(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

/// Fraction digits after the point, as milliseconds; nullopt when there is none or too many.
std::optional<int> fraction_ms(std::string_view& text) {
  int ms = 0;
  int count = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9';
       text.remove_prefix(1), ++count) {
    if (count < 3) {
      ms = ms * 10 + (text.front() - '0');
    }
  }
  if (count == 0 || count > 9) {
    return std::nullopt;
  }
  for (int i = count; i < 3; ++i) {
    ms *= 10;
  }
  return ms;
}

std::optional<std::chrono::minutes> offset(std::string_view& text) {
  if (literal(text, "Zz")) {
    return std::chrono::minutes(0);
  }
  const bool west = !text.empty() && text.front() == '-';
  if (!literal(text, "+-")) {
    return std::nullopt;
  }
  auto hours = digits(text, 2);
  if (!hours || !literal(text, ":")) {
    return std::nullopt;
  }
  auto minutes = digits(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) {
    return std::nullopt;
  }
  const std::chrono::minutes east(*hours * 60 + *minutes);
  return west ? -east : east;
}

}  // namespace

bool is_plain_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::string_view trim(std::string_view text) {
  static constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> items;
  for (;;) {
    const auto end = text.find(separator);
    items.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return items;
    }
    text.remove_prefix(end + 1);
  }
}

std::string join(const std::vector<std::string>& items, std::string_view separator) {
  return fmt::format("{}", fmt::join(items, separator));
}

std::string to_lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return lower;
}

std::string format_rfc3339(WallTime time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::optional<WallTime> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  auto y = digits(text, 4);
  if (!y || !literal(text, "-")) {
    return std::nullopt;
  }
  auto mon = digits(text, 2);
  if (!mon || !literal(text, "-")) {
    return std::nullopt;
  }
  auto d = digits(text, 2);
  if (!d || !literal(text, "Tt ")) {
    return std::nullopt;
  }
  auto h = digits(text, 2);
  if (!h || !literal(text, ":")) {
    return std::nullopt;
  }
  auto min = digits(text, 2);
  if (!min || !literal(text, ":")) {
    return std::nullopt;
  }
  auto s = digits(text, 2);
  if (!s) {
    return std::nullopt;
  }
  std::optional<int> ms = 0;
  if (literal(text, ".")) {
    ms = fraction_ms(text);
  }
  auto east = offset(text);
  const year_month_day date(year(*y), month(static_cast<unsigned>(*mon)),
                            day(static_cast<unsigned>(*d)));
  if (!ms || !east || !text.empty() || !date.ok() || *h > 23 || *min > 59 || *s > 60) {
    return std::nullopt;
  }
  return WallTime(sys_days(date)) + hours(*h) + minutes(*min) + seconds(*s) + milliseconds(*ms) -
         *east;
}

std::optional<std::uint64_t> parse_u64(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
    return std::nullopt;
  }
  return value;
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 8);
  for (char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace estrad
