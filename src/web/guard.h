#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "web/backend.h"
#include "web/exchange.h"
#include "web/route.h"

namespace estrad::web {

inline constexpr std::string_view kSessionCookie = "estrad_session";
inline constexpr const char* kCsrfHeader = "CSRF-Token";

/// Finds out who asks, and turns away who may not. What the Backend said of a credential is
/// remembered for a few seconds. Lives on one http loop.
class Guard {
 public:
  Guard(glib::EventLoop& loop, Backend& backend, const Clock& clock)
      : loop_(loop), backend_(backend), clock_(clock) {}

  /// `then` runs with `exchange->identity` set when the sender may call its route. Otherwise the
  /// exchange is answered: 401 without a valid credential, 403 without the permission or, with a
  /// session, without the CSRF token on a request that changes something.
  void admit(const ExchangePtr& exchange, std::function<void()> then);

  /// Who asks, if anybody: nullopt for no or an unknown credential.
  void identify(const ExchangePtr& exchange,
                std::function<void(Result<std::optional<Identity>>)> then);

  /// Nothing is remembered any more.
  void forget() { known_.clear(); }

 private:
  struct Known {
    Identity identity;
    SteadyTime until;
  };
  [[nodiscard]] std::optional<Identity> remembered(const std::string& key) const;
  void remember(const std::string& key, const Identity& identity);

  // set once
  glib::EventLoop& loop_;
  Backend& backend_;
  const Clock& clock_;

  // its loop only
  std::unordered_map<std::string, Known> known_;
};

/// The credential that a request carries: the bearer token before the session's cookie.
[[nodiscard]] std::optional<Credential> credential_of(const Exchange& exchange);

}  // namespace estrad::web
