#include "web/guard.h"

#include "base/ids.h"
#include "base/text.h"
#include "web/problem.h"

namespace estrad::web {
namespace {

constexpr milliseconds kRemembered{5'000};
constexpr std::size_t kMostRemembered = 1'000;

bool is_change(std::string_view method) {
  return method != "GET" && method != "HEAD";
}

bool is_permitted(const Route& route, const Identity& identity) {
  return route.audience != Audience::kPermitted || identity.principal.may(route.permission);
}

bool has_csrf_token(const Exchange& exchange, const Identity& identity) {
  const auto credential = credential_of(exchange);
  return !credential || credential->kind == Credential::Kind::kToken ||
         (!identity.csrf.empty() && equal_secrets(exchange.header(kCsrfHeader), identity.csrf));
}

std::string key_of(const Credential& credential) {
  return (credential.kind == Credential::Kind::kToken ? "t" : "s") + credential.secret;
}

}  // namespace

std::optional<Credential> credential_of(const Exchange& exchange) {
  const std::string_view authorization = exchange.header("Authorization");
  const std::string_view scheme = "bearer ";
  if (to_lower_ascii(authorization.substr(0, scheme.size())) == scheme) {
    return Credential{Credential::Kind::kToken,
                      std::string(trim(authorization.substr(scheme.size())))};
  }
  std::string session = exchange.cookie(kSessionCookie);
  if (session.empty()) {
    return std::nullopt;
  }
  return Credential{Credential::Kind::kSession, std::move(session)};
}

void Guard::admit(const ExchangePtr& exchange, std::function<void()> then) {
  identify(exchange, [exchange, then = std::move(then)](Result<std::optional<Identity>> found) {
    const Route& route = *exchange->route;
    if (!found) {
      return exchange->send(problem(found.error()));
    }
    if (!*found) {
      return exchange->send(
          problem(401, "Sign in, or send a valid token.").with("WWW-Authenticate", "Bearer"));
    }
    const Identity& identity = **found;
    if (!is_permitted(route, identity)) {
      return exchange->send(problem(
          403,
          "The role " + std::string(to_string(identity.principal.role)) + " may not do this."));
    }
    if (is_change(exchange->method()) && !has_csrf_token(*exchange, identity)) {
      return exchange->send(
          problem(403, "The header CSRF-Token with the session's token is missing or wrong."));
    }
    exchange->identity = identity;
    then();
  });
}

void Guard::identify(const ExchangePtr& exchange,
                     std::function<void(Result<std::optional<Identity>>)> then) {
  const auto credential = credential_of(*exchange);
  if (!credential) {
    return then(std::optional<Identity>());
  }
  const std::string key = key_of(*credential);
  if (auto identity = remembered(key)) {
    return then(std::move(identity));
  }
  backend_.authenticate(*credential, [this, key, then = std::move(then)](Result<Identity> answer) {
    loop_.post([this, key, then, answer = std::move(answer)] {
      if (answer) {
        remember(key, *answer);
        return then(std::optional<Identity>(*answer));
      }
      if (answer.error().kind == ErrorKind::kNotFound) {
        return then(std::optional<Identity>());
      }
      then(fail(answer.error()));
    });
  });
}

std::optional<Identity> Guard::remembered(const std::string& key) const {
  const auto found = known_.find(key);
  if (found == known_.end() || found->second.until < clock_.steady()) {
    return std::nullopt;
  }
  return found->second.identity;
}

void Guard::remember(const std::string& key, const Identity& identity) {
  if (known_.size() >= kMostRemembered) {
    known_.clear();
  }
  known_[key] = {identity, clock_.steady() + kRemembered};
}

}  // namespace estrad::web
