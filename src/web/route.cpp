#include "web/route.h"

#include "base/text.h"
#include "glib/handle.h"

namespace estrad::web {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

/// The steps of every route's pattern, in the order of the table.
const std::vector<std::vector<std::string_view>>& all_patterns() {
  static const auto kPatterns = [] {
    std::vector<std::vector<std::string_view>> patterns;
    for (const Route& route : all_routes()) {
      patterns.push_back(split(route.pattern, '/'));
    }
    return patterns;
  }();
  return kPatterns;
}

std::optional<Params> match_path(const std::vector<std::string_view>& wanted,
                                 const std::vector<std::string_view>& steps) {
  if (wanted.size() != steps.size()) {
    return std::nullopt;
  }
  Params params;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].empty() || wanted[i].front() != '{') {
      if (wanted[i] != steps[i]) {
        return std::nullopt;
      }
      continue;
    }
    const glib::Text value(
        g_uri_unescape_segment(steps[i].data(), steps[i].data() + steps[i].size(), "/"));
    if (!value || *value == '\0' || !is_plain_utf8(value.get())) {
      return std::nullopt;
    }
    params.emplace_back(wanted[i].substr(1, wanted[i].size() - 2), value.get());
  }
  return params;
}

}  // namespace

RouteMatch match_route(std::string_view method, std::string_view path) {
  const auto steps = split(path, '/');
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  RouteMatch match;
  for (std::size_t i = 0; i < all_routes().size(); ++i) {
    const Route& route = all_routes()[i];
    auto params = match_path(all_patterns()[i], steps);
    if (!params) {
      continue;
    }
    if (route.method == wanted) {
      match.route = &route;
      match.params = std::move(*params);
      return match;
    }
    match.allowed_methods += match.allowed_methods.empty() ? "" : ", ";
    match.allowed_methods += route.method;
  }
  return match;
}

}  // namespace estrad::web
