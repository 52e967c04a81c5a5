#include "web/openapi.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "web/desk.h"
#include "web/handlers.h"
#include "web/route.h"

namespace estrad::web {
namespace {

nlohmann::json parameters_of(std::string_view pattern) {
  nlohmann::json parameters = nlohmann::json::array();
  for (const std::string_view step : split(pattern, '/')) {
    if (!step.empty() && step.front() == '{') {
      parameters.push_back({{"name", step.substr(1, step.size() - 2)},
                            {"in", "path"},
                            {"required", true},
                            {"schema", {{"type", "string"}}}});
    }
  }
  return parameters;
}

nlohmann::json roles_of(const Route& route) {
  nlohmann::json roles = nlohmann::json::array();
  for (const webcast::Role role : webcast::kRoles) {
    if (may_call(role, route)) {
      roles.push_back(to_string(role));
    }
  }
  return roles;
}

nlohmann::json operation_of(const Route& route) {
  nlohmann::json operation = {
      {"summary", route.summary},
      {"parameters", parameters_of(route.pattern)},
      {"responses",
       {{"2XX", {{"description", "Done"}}},
        {"default",
         {{"description", "What went wrong (RFC 9457)"},
          {"content",
           {{"application/problem+json",
             {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}}}};
  if (route.body_limit > 0) {
    operation["requestBody"] = {
        {"content", {{"application/json", {{"schema", {{"type", "object"}}}}}}}};
  }
  if (route.audience == Audience::kStaff || route.audience == Audience::kPermitted) {
    operation["security"] = {{{"token", nlohmann::json::array()}},
                             {{"session", nlohmann::json::array()}}};
    operation["x-roles"] = roles_of(route);
  }
  return operation;
}

nlohmann::json components() {
  return {{"securitySchemes",
           {{"token", {{"type", "http"}, {"scheme", "bearer"}}},
            {"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", kSessionCookie}}}}},
          {"schemas",
           {{"Problem",
             {{"type", "object"},
              {"properties",
               {{"type", {{"type", "string"}}},
                {"title", {{"type", "string"}}},
                {"status", {{"type", "integer"}}},
                {"detail", {{"type", "string"}}},
                {"field", {{"type", "string"}}}}}}}}}};
}

}  // namespace

bool may_call(webcast::Role role, const Route& route) {
  switch (route.audience) {
    case Audience::kAnyone:
    case Audience::kStaff:
      return true;
    case Audience::kPermitted:
      return webcast::has_permission(role, route.permission);
    case Audience::kOperator:
      return false;
  }
  return false;
}

nlohmann::json openapi() {
  nlohmann::json paths = nlohmann::json::object();
  for (const Route& route : all_routes()) {
    if (route.pattern.substr(0, 8) == "/api/v1/" ||
        (route.pattern.substr(0, 3) == "/w/" && route.is_cross_origin)) {
      paths[std::string(route.pattern)][to_lower_ascii(route.method)] = operation_of(route);
    }
  }
  return {{"openapi", "3.1.0"},
          {"info", {{"title", "Estrad"}, {"version", "1"}}},
          {"paths", std::move(paths)},
          {"components", components()}};
}

std::string role_table() {
  std::string table = "| route |";
  std::string rule = "| --- |";
  for (const webcast::Role role : webcast::kRoles) {
    table.append(" ").append(to_string(role)).append(" |");
    rule += " --- |";
  }
  table += " anyone |\n" + rule + " --- |\n";
  for (const Route& route : all_routes()) {
    table.append("| `").append(route.method).append(" ").append(route.pattern).append("` |");
    for (const webcast::Role role : webcast::kRoles) {
      table += may_call(role, route) ? " yes |" : " – |";
    }
    table += route.audience == Audience::kAnyone ? " yes |\n" : " – |\n";
  }
  return table;
}

void describe_api(Desk& /*desk*/, const ExchangePtr& exchange) {
  exchange->send(json_response(200, openapi()).cached(cache::kRevalidate));
}

}  // namespace estrad::web
