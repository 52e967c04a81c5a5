#include "ingest/rtmp/publish_address.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace estrad::ingest::rtmp {
namespace {

constexpr std::size_t kLongestKey = 256;

std::string_view without_query(std::string_view text) {
  return trim(text.substr(0, text.find('?')));
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
}

std::string_view key_of_app(std::string_view app) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(without_query(app), '/')) {
    if (!part.empty()) {
      parts.push_back(part);
    }
  }
  return parts.size() == 2 ? parts[1] : std::string_view();
}

}  // namespace

std::optional<std::string> find_key(std::string_view app, std::string_view name) {
  std::string_view key = without_query(name);
  if (key.empty()) {
    key = key_of_app(app);
  }
  if (key.empty() || key.size() > kLongestKey || !is_printable(key)) {
    return std::nullopt;
  }
  return std::string(key);
}

}  // namespace estrad::ingest::rtmp
