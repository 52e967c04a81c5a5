#include "base/text.h"
#include "web/desk.h"
#include "web/handlers.h"
#include "web/staff/lists.h"

namespace estrad::web {
namespace {

constexpr const char* kRoles = "admin, producer, moderator, captioner";

nlohmann::json user_json(const webcast::User& user) {
  return {{"email", user.email},
          {"role", to_string(user.role)},
          {"created_at", format_rfc3339(user.created_at)}};
}

nlohmann::json token_json(const webcast::ApiToken& token) {
  return {{"id", token.id},
          {"name", token.name},
          {"role", to_string(token.role)},
          {"created_at", format_rfc3339(token.created_at)},
          {"expires_at", token.expires_at ? nlohmann::json(format_rfc3339(*token.expires_at))
                                          : nlohmann::json(nullptr)}};
}

webcast::Role required_role(Fields& fields) {
  const auto role = fields.choice("role", webcast::parse_role, kRoles);
  if (!role) {
    fields.blame("role", std::string("must be one of ") + kRoles);
  }
  return role.value_or(webcast::Role::kCaptioner);
}

}  // namespace

void list_users(Desk& desk, const ExchangePtr& exchange) {
  const auto page = page_of(*exchange);
  if (!page) {
    return exchange->send(problem(page.error()));
  }
  desk.backend.list_users(*page, answer<Listing<webcast::User>>(
                                     desk, exchange, [](const Listing<webcast::User>& listing) {
                                       return list_response(listing, user_json);
                                     }));
}

void create_user(Desk& desk, const ExchangePtr& exchange) {
  auto user = read_body(exchange, [](Fields& fields) {
    NewUser read;
    read.email = fields.required_text("email");
    read.password = fields.required_text("password");
    read.role = required_role(fields);
    return read;
  });
  if (!user) {
    return;
  }
  desk.backend.create_user(std::move(*user),
                           answer<webcast::User>(desk, exchange, [](const webcast::User& made) {
                             return json_response(201, user_json(made));
                           }));
}

void remove_user(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.remove_user(exchange->param("email"), answer<void>(desk, exchange, no_content));
}

void list_tokens(Desk& desk, const ExchangePtr& exchange) {
  const auto page = page_of(*exchange);
  if (!page) {
    return exchange->send(problem(page.error()));
  }
  desk.backend.list_tokens(
      *page, answer<Listing<webcast::ApiToken>>(desk, exchange,
                                                [](const Listing<webcast::ApiToken>& listing) {
                                                  return list_response(listing, token_json);
                                                }));
}

void create_token(Desk& desk, const ExchangePtr& exchange) {
  auto token = read_body(exchange, [](Fields& fields) {
    TokenRequest read;
    read.name = fields.required_text("name");
    read.role = required_role(fields);
    read.expires_at = fields.time("expires_at");
    return read;
  });
  if (!token) {
    return;
  }
  desk.backend.create_token(
      std::move(*token),
      answer<webcast::NewToken>(desk, exchange, [](const webcast::NewToken& made) {
        nlohmann::json out = token_json(made.token);
        out["token"] = made.text;
        return json_response(201, out);
      }));
}

void remove_token(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.remove_token(exchange->param("id"), answer<void>(desk, exchange, no_content));
}

}  // namespace estrad::web
