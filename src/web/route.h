#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/exchange.h"
#include "webcast/user.h"

namespace estrad::web {

struct Desk;

/// Who may call a route.
enum class Audience {
  kAnyone,
  /// Any member of staff.
  kStaff,
  /// Staff with the route's permission.
  kPermitted,
  /// Machines of the operator: `metrics.allow`.
  kOperator,
};

/// What a request counts as in the limits by address.
enum class Rate { kMedia, kRead, kWrite, kSignIn };

/// One line of the route table: the only place that says what the server answers to, for whom, and
/// how much it reads. docs/ROLES.md, openapi.json and the test of every role × route come from it.
struct Route {
  /// GET answers HEAD too.
  std::string_view method;
  /// Steps between slashes; `{name}` takes any one step.
  std::string_view pattern;
  Audience audience = Audience::kAnyone;
  webcast::Permission permission = webcast::Permission::kReadEvents;
  Rate rate = Rate::kRead;
  std::size_t body_limit = 0;
  /// Any site's scripts may call it.
  bool is_cross_origin = false;
  std::string_view summary;
  void (*handle)(Desk& desk, const ExchangePtr& exchange) = nullptr;
};

/// Every route, most particular first: the first that matches answers.
[[nodiscard]] std::span<const Route> all_routes();

struct RouteMatch {
  const Route* route = nullptr;
  /// The path exists, under other methods: these, for the Allow header.
  std::string allowed_methods = {};
  std::vector<std::pair<std::string, std::string>> params = {};
};

/// `path` is still percent-encoded.
[[nodiscard]] RouteMatch match_route(std::string_view method, std::string_view path);

}  // namespace estrad::web
