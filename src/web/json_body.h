#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/result.h"
#include "web/exchange.h"

namespace estrad::web {

/// The request's body as a JSON object; an empty body is an empty object. The error says at which
/// byte it stops being JSON.
[[nodiscard]] Result<nlohmann::json> json_object(Exchange& exchange);

/// Reads the fields of a JSON object strictly: a wrong type, a missing or an unknown field is an
/// error that names it. Read all fields, then ask `finish`; the values count only when it is
/// content.
class Fields {
 public:
  explicit Fields(const nlohmann::json& object) : object_(object) {}

  [[nodiscard]] std::string required_text(const char* name);
  [[nodiscard]] std::optional<std::string> text(const char* name);
  [[nodiscard]] std::optional<bool> boolean(const char* name);
  [[nodiscard]] std::optional<std::uint32_t> number(const char* name, std::uint32_t most);
  [[nodiscard]] std::optional<WallTime> time(const char* name);
  /// A name that `parse` knows; `allowed` is said when it does not.
  template <typename Parse>
  auto choice(const char* name, Parse parse, const char* allowed) -> decltype(parse("")) {
    const auto given = text(name);
    if (!given) {
      return std::nullopt;
    }
    auto value = parse(*given);
    if (!value) {
      blame(name, std::string("must be one of ") + allowed);
    }
    return value;
  }
  /// The field is there and wrong.
  void blame(const char* name, const std::string& why);

  [[nodiscard]] Status finish();

 private:
  /// Null when the field is absent or null.
  [[nodiscard]] const nlohmann::json* find(const char* name);

  const nlohmann::json& object_;
  std::set<std::string, std::less<>> read_;
  std::optional<Error> first_fault_;
};

}  // namespace estrad::web
