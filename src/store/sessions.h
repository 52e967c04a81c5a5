#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"
#include "webcast/user.h"

namespace estrad::store {

/// What a sign-in gives: the cookie's text (kept only as a hash) and the word that every changing
/// request has to repeat.
struct NewSession {
  std::string cookie;
  std::string csrf;
  WallTime expires_at{};
};

/// Who is behind a session cookie.
struct SessionOwner {
  webcast::Principal principal;
  std::string csrf;
  WallTime expires_at{};
};

/// The studio's sign-ins. Store loop.
class Sessions {
 public:
  static constexpr std::chrono::hours kLifetime{12};

  explicit Sessions(Database& database) : database_(database) {}

  /// Also drops what has expired.
  [[nodiscard]] Result<NewSession> open(const webcast::User& user, WallTime now);
  /// The user with the role of this moment; nullopt for an unknown, closed or expired session.
  [[nodiscard]] Result<std::optional<SessionOwner>> find(std::string_view cookie, WallTime now);
  /// Closing what is not open is no error.
  [[nodiscard]] Status close(std::string_view cookie);

 private:
  Database& database_;
};

}  // namespace estrad::store
