#include "store/sessions.h"

#include "base/ids.h"
#include "store/statement.h"

namespace estrad::store {
namespace {

Result<SessionOwner> read_owner(const Row& row) {
  const auto role = webcast::parse_role(row.text("role"));
  if (!role) {
    return fail(internal_error("a user has an unknown role"));
  }
  return SessionOwner{
      {webcast::Principal::Kind::kUser, row.text("user_id"), row.text("email"), *role},
      row.text("csrf"),
      row.time("expires_at")};
}

}  // namespace

Result<NewSession> Sessions::open(const webcast::User& user, WallTime now) {
  NewSession session{random_id(32), random_id(26), now + kLifetime};
  auto opened = database_.in_transaction([&]() -> Status {
    auto cleared = Statement(database_, "DELETE FROM sessions WHERE expires_at <= :now")
                       .time("now", now)
                       .run();
    if (!cleared) {
      return fail(std::move(cleared).error());
    }
    auto added = Statement(database_,
                           "INSERT INTO sessions (hash, user_id, csrf, expires_at) "
                           "VALUES (:hash, :user_id, :csrf, :expires_at)")
                     .text("hash", sha256_hex(session.cookie))
                     .text("user_id", user.id)
                     .text("csrf", session.csrf)
                     .time("expires_at", session.expires_at)
                     .run();
    return added ? Status() : fail(std::move(added).error());
  });
  if (!opened) {
    return fail(std::move(opened).error());
  }
  return session;
}

Result<std::optional<SessionOwner>> Sessions::find(std::string_view cookie, WallTime now) {
  return Statement(database_,
                   "SELECT sessions.user_id AS user_id, sessions.csrf AS csrf, "
                   "sessions.expires_at AS expires_at, users.email AS email, users.role AS role "
                   "FROM sessions JOIN users ON users.id = sessions.user_id "
                   "WHERE sessions.hash = :hash AND sessions.expires_at > :now")
      .text("hash", sha256_hex(cookie))
      .time("now", now)
      .first(&read_owner);
}

Status Sessions::close(std::string_view cookie) {
  auto closed = Statement(database_, "DELETE FROM sessions WHERE hash = :hash")
                    .text("hash", sha256_hex(cookie))
                    .run();
  return closed ? Status() : fail(std::move(closed).error());
}

}  // namespace estrad::store
