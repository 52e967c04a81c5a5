#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "webcast/state_machine.h"

namespace estrad::webcast {

enum class Role { kAdmin, kProducer, kModerator, kCaptioner };
inline constexpr std::array kRoles = {Role::kAdmin, Role::kProducer, Role::kModerator,
                                      Role::kCaptioner};

[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view name);

/// What a route asks of who calls it.
enum class Permission {
  kReadEvents,        ///< Lists and single events, stages without keys, console, previews.
  kManageStages,      ///< Make, change, delete stages; see and rotate their keys; signal.
  kManageEvents,      ///< Make, change, copy, delete events.
  kControlEvents,     ///< Start, pause, resume, stop, reopen, publish, withdraw, cancel …
  kManageRecordings,  ///< Cuts, chapters, import, statistics, registrations.
  kModerate,          ///< Questions, their box, polls, announcements.
  kCaption,
  kManageAccounts,  ///< Users, tokens, webhooks.
};
inline constexpr std::array kPermissions = {
    Permission::kReadEvents,    Permission::kManageStages,     Permission::kManageEvents,
    Permission::kControlEvents, Permission::kManageRecordings, Permission::kModerate,
    Permission::kCaption,       Permission::kManageAccounts};

[[nodiscard]] std::string_view to_string(Permission permission);
[[nodiscard]] bool has_permission(Role role, Permission permission);
/// True when the role may give this command; nobody may give `settle` and `archive`.
[[nodiscard]] bool may_command(Role role, Command command);

/// Who is behind a staff request: a signed-in user or an API token.
struct Principal {
  enum class Kind { kUser, kToken };
  Kind kind = Kind::kUser;
  std::string id;
  std::string name;  ///< Email of a user, name of a token: for the audit trail and claims.
  Role role = Role::kCaptioner;

  [[nodiscard]] bool may(Permission permission) const { return has_permission(role, permission); }
  bool operator==(const Principal&) const = default;
};

/// A member of staff. The password's hash never leaves the store.
struct User {
  std::string id;
  std::string email;  ///< Lower case.
  Role role = Role::kCaptioner;
  WallTime created_at{};

  bool operator==(const User&) const = default;
};

/// The address in lower case; the error names `email`.
[[nodiscard]] Result<std::string> checked_email(std::string_view email);
/// 10 code points to 256 bytes; the error names `password`.
[[nodiscard]] Status check_password(std::string_view password);

/// A key to the staff API. Only the hash of its text is kept.
struct ApiToken {
  std::string id;
  std::string name;
  Role role = Role::kCaptioner;
  std::string hash;
  WallTime created_at{};
  std::optional<WallTime> expires_at;

  [[nodiscard]] bool is_valid(WallTime now) const { return !expires_at || now < *expires_at; }
  bool operator==(const ApiToken&) const = default;
};

/// A new token and its text, which is shown once and never again.
struct NewToken {
  ApiToken token;
  std::string text;
};
/// The error names `name` or `expires_at`.
[[nodiscard]] Result<NewToken> make_token(std::string_view name, Role role,
                                          std::optional<WallTime> expires_at, WallTime now);
[[nodiscard]] std::string token_hash(std::string_view text);

}  // namespace estrad::webcast
