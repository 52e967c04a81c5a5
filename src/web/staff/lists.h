#pragma once

#include <nlohmann/json.hpp>

#include "web/desk.h"
#include "web/json_body.h"

namespace estrad::web {

/// `?limit=&after=`; the error names the parameter.
[[nodiscard]] Result<Page> page_of(const Exchange& exchange);

/// `{"items":[…],"next":…}`
template <typename T, typename ToJson>
Response list_response(const Listing<T>& listing, ToJson to_json_value) {
  nlohmann::json items = nlohmann::json::array();
  for (const T& item : listing.items) {
    items.push_back(to_json_value(item));
  }
  return json_response(
      200, {{"items", std::move(items)},
            {"next", listing.next ? nlohmann::json(*listing.next) : nlohmann::json(nullptr)}});
}

/// Reads the body with `read(Fields&)` and hands the value on, or answers with what is wrong.
template <typename Read>
auto read_body(const ExchangePtr& exchange, Read read)
    -> std::optional<decltype(read(std::declval<Fields&>()))> {
  const auto body = json_object(*exchange);
  if (!body) {
    exchange->send(problem(body.error()));
    return std::nullopt;
  }
  Fields fields(*body);
  auto value = read(fields);
  if (const Status status = fields.finish(); !status) {
    exchange->send(problem(status.error()));
    return std::nullopt;
  }
  return value;
}

}  // namespace estrad::web
