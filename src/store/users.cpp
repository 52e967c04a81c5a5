#include "store/users.h"

#include "base/ids.h"
#include "base/text.h"
#include "store/cursor.h"
#include "store/password.h"
#include "store/statement.h"

namespace estrad::store {
namespace {

using webcast::User;

Result<User> read_user(const Row& row) {
  const auto role = webcast::parse_role(row.text("role"));
  if (!role) {
    return fail(internal_error("a user has an unknown role"));
  }
  return User{row.text("id"), row.text("email"), *role, row.time("created_at")};
}

struct Credentials {
  User user;
  std::string password_hash;
};

Result<Credentials> read_credentials(const Row& row) {
  auto user = read_user(row);
  if (!user) {
    return fail(std::move(user).error());
  }
  return Credentials{std::move(*user), row.text("password_hash")};
}

Status one_row(Result<std::int64_t> changed) {
  if (!changed) {
    return fail(std::move(changed).error());
  }
  return *changed > 0 ? Status() : fail(not_found("there is no user of that address"));
}

}  // namespace

Result<User> Users::add(std::string_view email, webcast::Role role, std::string_view password,
                        WallTime now) {
  auto address = webcast::checked_email(email);
  if (!address) {
    return fail(std::move(address).error());
  }
  if (auto checked = webcast::check_password(password); !checked) {
    return fail(std::move(checked).error());
  }
  auto hash = hash_password(password);
  if (!hash) {
    return fail(std::move(hash).error());
  }
  User user{random_id(12), std::move(*address), role, now};
  auto added = Statement(database_,
                         "INSERT INTO users (id, email, role, password_hash, created_at) "
                         "VALUES (:id, :email, :role, :password_hash, :created_at)")
                   .text("id", user.id)
                   .text("email", user.email)
                   .text("role", to_string(role))
                   .text("password_hash", *hash)
                   .time("created_at", now)
                   .run();
  if (!added) {
    auto error = std::move(added).error();
    if (error.kind == ErrorKind::kConflict) {
      error = conflict("there is a user of that address already");
      error.field = "email";
    }
    return fail(std::move(error));
  }
  return user;
}

Status Users::remove(std::string_view email) {
  return one_row(Statement(database_, "DELETE FROM users WHERE email = :email")
                     .text("email", to_lower_ascii(email))
                     .run());
}

Status Users::set_password(std::string_view email, std::string_view password) {
  if (auto checked = webcast::check_password(password); !checked) {
    return checked;
  }
  auto hash = hash_password(password);
  if (!hash) {
    return fail(std::move(hash).error());
  }
  const std::string address = to_lower_ascii(email);
  return database_.in_transaction([&]() -> Status {
    auto signed_out = Statement(database_,
                                "DELETE FROM sessions WHERE user_id IN "
                                "(SELECT id FROM users WHERE email = :email)")
                          .text("email", address)
                          .run();
    if (!signed_out) {
      return fail(std::move(signed_out).error());
    }
    return one_row(
        Statement(database_, "UPDATE users SET password_hash = :password_hash WHERE email = :email")
            .text("password_hash", *hash)
            .text("email", address)
            .run());
  });
}

Status Users::set_role(std::string_view email, webcast::Role role) {
  return one_row(Statement(database_, "UPDATE users SET role = :role WHERE email = :email")
                     .text("role", to_string(role))
                     .text("email", to_lower_ascii(email))
                     .run());
}

Result<std::optional<User>> Users::authenticate(std::string_view email, std::string_view password) {
  const auto address = webcast::checked_email(email);
  if (!webcast::check_password(password)) {
    return std::optional<User>();
  }
  auto found = Statement(database_, "SELECT * FROM users WHERE email = :email")
                   .text("email", address ? *address : std::string())
                   .first(&read_credentials);
  if (!found) {
    return fail(std::move(found).error());
  }
  if (!*found) {
    waste_a_verification(password);
    return std::optional<User>();
  }
  auto& credentials = **found;
  if (!verify_password(credentials.password_hash, password)) {
    return std::optional<User>();
  }
  return std::optional(std::move(credentials.user));
}

Result<std::optional<User>> Users::find(std::string_view id) {
  return Statement(database_, "SELECT * FROM users WHERE id = :id")
      .text("id", id)
      .first(&read_user);
}

Result<Page<User>> Users::list(const PageRequest& request) {
  auto users =
      Statement(database_, "SELECT * FROM users WHERE email > :after ORDER BY email LIMIT :limit")
          .text("after", request.after)
          .number("limit", limit_for(request))
          .all(&read_user);
  if (!users) {
    return fail(std::move(users).error());
  }
  return make_page(std::move(*users), request, [](const User& user) { return user.email; });
}

}  // namespace estrad::store
