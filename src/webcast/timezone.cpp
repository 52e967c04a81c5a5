#include "webcast/timezone.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

namespace estrad::webcast {
namespace {

constexpr std::string_view kFolder = "/usr/share/zoneinfo/";

/// `Area/Location`, in the characters that the database uses; so no path leads out of its folder.
bool looks_like_a_zone(std::string_view name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '+' || c == '/';
  };
  return !name.empty() && name.size() <= 64 && name.front() != '/' && name.back() != '/' &&
         std::all_of(name.begin(), name.end(), is_allowed);
}

}  // namespace

bool is_known_timezone(std::string_view name) {
  if (name == "UTC") {
    return true;
  }
  if (!looks_like_a_zone(name)) {
    return false;
  }
  std::ifstream file(std::string(kFolder).append(name), std::ios::binary);
  std::array<char, 4> magic{};
  // RFC 8536: a TZif file begins with these four bytes.
  return file.read(magic.data(), magic.size()) &&
         std::string_view(magic.data(), magic.size()) == "TZif";
}

}  // namespace estrad::webcast
