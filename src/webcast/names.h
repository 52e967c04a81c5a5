#pragma once

#include <optional>
#include <string_view>

namespace estrad::webcast {

/// The value whose `to_string` is `name`, of those given.
template <typename Values>
[[nodiscard]] auto find_by_name(const Values& values, std::string_view name)
    -> std::optional<typename Values::value_type> {
  for (const auto value : values) {
    if (to_string(value) == name) {
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace estrad::webcast
