#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "web/route.h"

/// What the route table says about itself.
namespace estrad::web {

/// True when someone signed in with this role may call the route (`kOperator` is judged by
/// address, for nobody by role).
[[nodiscard]] bool may_call(webcast::Role role, const Route& route);

/// OpenAPI 3.1 of everything that scripts may call.
[[nodiscard]] nlohmann::json openapi();

/// The table role × route of docs/ROLES.md, as Markdown.
[[nodiscard]] std::string role_table();

}  // namespace estrad::web
