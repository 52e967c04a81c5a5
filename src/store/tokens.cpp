#include "store/tokens.h"

#include "store/cursor.h"
#include "store/statement.h"

namespace estrad::store {
namespace {

using webcast::ApiToken;
using webcast::Principal;

Result<ApiToken> read_token(const Row& row) {
  const auto role = webcast::parse_role(row.text("role"));
  if (!role) {
    return fail(internal_error("a token has an unknown role"));
  }
  return ApiToken{row.text("id"),   row.text("name"),       *role,
                  row.text("hash"), row.time("created_at"), row.optional_time("expires_at")};
}

}  // namespace

Status Tokens::add(const ApiToken& token) {
  auto added = Statement(database_,
                         "INSERT INTO tokens (id, name, role, hash, created_at, expires_at) "
                         "VALUES (:id, :name, :role, :hash, :created_at, :expires_at)")
                   .text("id", token.id)
                   .text("name", token.name)
                   .text("role", to_string(token.role))
                   .text("hash", token.hash)
                   .time("created_at", token.created_at)
                   .time("expires_at", token.expires_at)
                   .run();
  if (added) {
    return {};
  }
  auto error = std::move(added).error();
  if (error.kind == ErrorKind::kConflict) {
    error = conflict("there is a token of that name already");
    error.field = "name";
  }
  return fail(std::move(error));
}

Status Tokens::remove(std::string_view id_or_name) {
  auto removed = Statement(database_, "DELETE FROM tokens WHERE id = :id OR name = :name")
                     .text("id", id_or_name)
                     .text("name", id_or_name)
                     .run();
  if (!removed) {
    return fail(std::move(removed).error());
  }
  return *removed > 0 ? Status() : fail(not_found("there is no such token"));
}

Result<std::optional<Principal>> Tokens::find_principal(std::string_view text, WallTime now) {
  // Looked up by its hash: how long that takes tells nothing of the text.
  auto found = Statement(database_, "SELECT * FROM tokens WHERE hash = :hash")
                   .text("hash", webcast::token_hash(text))
                   .first(&read_token);
  if (!found) {
    return fail(std::move(found).error());
  }
  if (!*found || !(*found)->is_valid(now)) {
    return std::optional<Principal>();
  }
  return std::optional(
      Principal{Principal::Kind::kToken, (*found)->id, (*found)->name, (*found)->role});
}

Result<Page<ApiToken>> Tokens::list(const PageRequest& request) {
  auto tokens =
      Statement(database_, "SELECT * FROM tokens WHERE name > :after ORDER BY name LIMIT :limit")
          .text("after", request.after)
          .number("limit", limit_for(request))
          .all(&read_token);
  if (!tokens) {
    return fail(std::move(tokens).error());
  }
  return make_page(std::move(*tokens), request, [](const ApiToken& token) { return token.name; });
}

}  // namespace estrad::store
