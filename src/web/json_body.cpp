#include "web/json_body.h"

#include "base/text.h"

namespace estrad::web {

Result<nlohmann::json> json_object(Exchange& exchange) {
  const std::string_view text = exchange.body();
  if (trim(text).empty()) {
    return nlohmann::json::object();
  }
  try {
    auto body = nlohmann::json::parse(text);
    if (!body.is_object()) {
      return fail(invalid_input("The body must be a JSON object."));
    }
    return body;
  } catch (const nlohmann::json::parse_error& error) {
    return fail(invalid_input("The body is not JSON: it breaks off at byte " +
                              std::to_string(error.byte) + "."));
  }
}

std::string Fields::required_text(const char* name) {
  auto given = text(name);
  if (!given) {
    blame(name, "is missing");
    return {};
  }
  return std::move(*given);
}

std::optional<std::string> Fields::text(const char* name) {
  const nlohmann::json* value = find(name);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_string()) {
    blame(name, "must be a text");
    return std::nullopt;
  }
  return value->get<std::string>();
}

std::optional<bool> Fields::boolean(const char* name) {
  const nlohmann::json* value = find(name);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_boolean()) {
    blame(name, "must be true or false");
    return std::nullopt;
  }
  return value->get<bool>();
}

std::optional<std::uint32_t> Fields::number(const char* name, std::uint32_t most) {
  const nlohmann::json* value = find(name);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_number_unsigned() || value->get<std::uint64_t>() > most) {
    blame(name, "must be a whole number from 0 to " + std::to_string(most));
    return std::nullopt;
  }
  return value->get<std::uint32_t>();
}

std::optional<WallTime> Fields::time(const char* name) {
  const auto given = text(name);
  if (!given) {
    return std::nullopt;
  }
  const auto value = parse_rfc3339(*given);
  if (!value) {
    blame(name, "must be a time such as 2026-03-10T13:00:00Z");
  }
  return value;
}

void Fields::blame(const char* name, const std::string& why) {
  if (!first_fault_) {
    first_fault_ = invalid_field(name, std::string(name) + " " + why);
  }
}

Status Fields::finish() {
  if (first_fault_) {
    return fail(*first_fault_);
  }
  for (const auto& [name, value] : object_.items()) {
    if (read_.count(name) == 0) {
      return fail(invalid_field(name, "There is no field \"" + name + "\" here."));
    }
  }
  return {};
}

const nlohmann::json* Fields::find(const char* name) {
  read_.insert(name);
  const auto found = object_.find(name);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

}  // namespace estrad::web
