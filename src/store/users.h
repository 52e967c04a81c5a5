#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"
#include "store/page.h"
#include "webcast/user.h"

namespace estrad::store {

/// Members of staff and their passwords. Store loop.
class Users {
 public:
  explicit Users(Database& database) : database_(database) {}

  /// Conflict when the address is taken; InvalidInput for `email` or `password`.
  [[nodiscard]] Result<webcast::User> add(std::string_view email, webcast::Role role,
                                          std::string_view password, WallTime now);
  /// NotFound for an unknown address. Signs the user out everywhere.
  [[nodiscard]] Status remove(std::string_view email);
  /// Likewise signs the user out everywhere.
  [[nodiscard]] Status set_password(std::string_view email, std::string_view password);
  [[nodiscard]] Status set_role(std::string_view email, webcast::Role role);

  /// The user whose password this is; nullopt for a wrong one and an unknown address alike, after
  /// the same work (about 0.1 s and 64 MiB).
  [[nodiscard]] Result<std::optional<webcast::User>> authenticate(std::string_view email,
                                                                  std::string_view password);
  [[nodiscard]] Result<std::optional<webcast::User>> find(std::string_view id);
  /// By address.
  [[nodiscard]] Result<Page<webcast::User>> list(const PageRequest& request = {});

 private:
  Database& database_;
};

}  // namespace estrad::store
