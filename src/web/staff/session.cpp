#include "web/desk.h"
#include "web/handlers.h"
#include "web/staff/lists.h"

namespace estrad::web {
namespace {

struct SignIn {
  std::string email;
  std::string password;
};

/// Not readable by scripts, not sent along by other sites' forms; over TLS only where the page is.
std::string session_cookie(const Desk& desk, const Exchange& exchange, const std::string& secret,
                           std::chrono::seconds lifetime) {
  std::string cookie =
      std::string(kSessionCookie) + "=" + secret +
      "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(lifetime.count());
  if (public_url(desk, exchange).rfind("https://", 0) == 0) {
    cookie += "; Secure";
  }
  return cookie;
}

nlohmann::json identity_json(const Identity& identity) {
  return {{"email", identity.principal.name},
          {"role", to_string(identity.principal.role)},
          {"csrf", identity.csrf}};
}

}  // namespace

void sign_in(Desk& desk, const ExchangePtr& exchange) {
  // A page elsewhere must not sign anyone in here under its own account.
  if (exchange->header("Sec-Fetch-Site") == "cross-site") {
    return exchange->send(problem(403, "Sign in from the studio's own page."));
  }
  auto given = read_body(exchange, [](Fields& fields) {
    SignIn form;
    form.email = fields.required_text("email");
    form.password = fields.required_text("password");
    return form;
  });
  if (!given) {
    return;
  }
  desk.backend.sign_in(
      given->email, given->password, [&desk, exchange](Result<NewSession> session) {
        desk.loop.post([&desk, exchange, session = std::move(session)] {
          if (!session) {
            return exchange->send(session.error().kind == ErrorKind::kNotFound
                                      ? problem(401, "The address or the password is wrong.")
                                      : problem(session.error()));
          }
          exchange->send(json_response(200, identity_json(session->identity))
                             .with("Set-Cookie", session_cookie(desk, *exchange, session->secret,
                                                                session->lifetime)));
        });
      });
}

void show_session(Desk& /*desk*/, const ExchangePtr& exchange) {
  exchange->send(json_response(200, identity_json(exchange->identity)));
}

void sign_out(Desk& desk, const ExchangePtr& exchange) {
  const auto credential = credential_of(*exchange);
  if (!credential || credential->kind != Credential::Kind::kSession) {
    return exchange->send(problem(409, "An API token has no session to end; revoke it instead."));
  }
  std::string cookie = session_cookie(desk, *exchange, "", std::chrono::seconds(0));
  desk.guard.forget();
  desk.backend.sign_out(credential->secret,
                        answer<void>(desk, exchange, [cookie = std::move(cookie)] {
                          return no_content().with("Set-Cookie", cookie);
                        }));
}

}  // namespace estrad::web
