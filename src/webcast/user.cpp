#include "webcast/user.h"

#include <algorithm>

#include "base/ids.h"
#include "base/text.h"
#include "webcast/names.h"
#include "webcast/plain_text.h"

namespace estrad::webcast {
namespace {

constexpr std::size_t kShortestPassword = 10;
constexpr std::size_t kLongestPassword = 256;

struct Grant {
  Permission permission;
  bool producer;
  bool moderator;
  bool captioner;
};

/// The table of roles; an admin may everything.
constexpr std::array kGrants = {
    Grant{Permission::kReadEvents, true, true, true},
    Grant{Permission::kManageStages, true, false, false},
    Grant{Permission::kManageEvents, true, false, false},
    Grant{Permission::kControlEvents, true, false, false},
    Grant{Permission::kManageRecordings, true, false, false},
    Grant{Permission::kModerate, false, true, false},
    Grant{Permission::kCaption, false, false, true},
    Grant{Permission::kManageAccounts, false, false, false},
};
static_assert(kGrants.size() == kPermissions.size());

}  // namespace

std::string_view to_string(Role role) {
  switch (role) {
    case Role::kAdmin:
      return "admin";
    case Role::kProducer:
      return "producer";
    case Role::kModerator:
      return "moderator";
    case Role::kCaptioner:
      return "captioner";
  }
  return "";
}

std::optional<Role> parse_role(std::string_view name) {
  return find_by_name(kRoles, name);
}

std::string_view to_string(Permission permission) {
  switch (permission) {
    case Permission::kReadEvents:
      return "read_events";
    case Permission::kManageStages:
      return "manage_stages";
    case Permission::kManageEvents:
      return "manage_events";
    case Permission::kControlEvents:
      return "control_events";
    case Permission::kManageRecordings:
      return "manage_recordings";
    case Permission::kModerate:
      return "moderate";
    case Permission::kCaption:
      return "caption";
    case Permission::kManageAccounts:
      return "manage_accounts";
  }
  return "";
}

bool has_permission(Role role, Permission permission) {
  const auto* grant = std::find_if(kGrants.begin(), kGrants.end(), [&](const Grant& candidate) {
    return candidate.permission == permission;
  });
  if (grant == kGrants.end()) {
    return false;
  }
  switch (role) {
    case Role::kAdmin:
      return true;
    case Role::kProducer:
      return grant->producer;
    case Role::kModerator:
      return grant->moderator;
    case Role::kCaptioner:
      return grant->captioner;
  }
  return false;
}

bool may_command(Role role, Command command) {
  return parse_command(to_string(command)).has_value() &&
         has_permission(role, Permission::kControlEvents);
}

Result<std::string> checked_email(std::string_view email) {
  auto line = plain_line("email", email, {1, 254});
  if (!line) {
    return line;
  }
  const auto at = line->find('@');
  const bool is_address = at != std::string::npos && at > 0 && at + 1 < line->size() &&
                          line->find('@', at + 1) == std::string::npos &&
                          line->find(' ') == std::string::npos;
  if (!is_address) {
    return fail(invalid_field("email", "takes an address: name@example.org"));
  }
  return to_lower_ascii(*line);
}

Status check_password(std::string_view password) {
  if (!is_plain_utf8(password)) {
    return fail(invalid_field("password", "is to be UTF-8 without U+0000"));
  }
  if (password.size() > kLongestPassword || count_code_points(password) < kShortestPassword) {
    return fail(invalid_field("password", "takes 10 characters at least, 256 bytes at most"));
  }
  return {};
}

Result<NewToken> make_token(std::string_view name, Role role, std::optional<WallTime> expires_at,
                            WallTime now) {
  auto line = plain_line("name", name, {1, 100});
  if (!line) {
    return fail(std::move(line).error());
  }
  if (expires_at && *expires_at <= now) {
    return fail(invalid_field("expires_at", "is to lie ahead"));
  }
  NewToken made;
  made.text = "estrad_" + random_id(32);
  made.token = {random_id(12), std::move(*line), role, token_hash(made.text), now, expires_at};
  return made;
}

std::string token_hash(std::string_view text) {
  return sha256_hex(text);
}

}  // namespace estrad::webcast
