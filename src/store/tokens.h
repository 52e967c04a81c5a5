#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"
#include "store/page.h"
#include "webcast/user.h"

namespace estrad::store {

/// Keys to the staff API, by their hashes. Store loop.
class Tokens {
 public:
  explicit Tokens(Database& database) : database_(database) {}

  /// Conflict when a token has the name already.
  [[nodiscard]] Status add(const webcast::ApiToken& token);
  /// By id or name; NotFound for neither.
  [[nodiscard]] Status remove(std::string_view id_or_name);
  /// Who is behind `Authorization: Bearer TEXT`; nullopt for an unknown or expired one.
  [[nodiscard]] Result<std::optional<webcast::Principal>> find_principal(std::string_view text,
                                                                         WallTime now);
  /// By name. The hashes are in them: not for showing.
  [[nodiscard]] Result<Page<webcast::ApiToken>> list(const PageRequest& request = {});

 private:
  Database& database_;
};

}  // namespace estrad::store
