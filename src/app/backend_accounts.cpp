// Who asks: sign-in, tokens, users.
#include "app/backend.h"

namespace estrad::app {
namespace {

store::PageRequest to_request(const web::Page& page) {
  return {page.limit, page.after};
}

template <typename T>
Result<web::Listing<T>> to_listing(Result<store::Page<T>> page) {
  if (!page) {
    return fail(std::move(page).error());
  }
  web::Listing<T> listing{std::move(page->items)};
  if (!page->next.empty()) {
    listing.next = std::move(page->next);
  }
  return listing;
}

Result<web::Identity> find_identity(store::Store& store, const web::Credential& credential,
                                    WallTime now) {
  switch (credential.kind) {
    case web::Credential::Kind::kToken: {
      auto principal = store.tokens.find_principal(credential.secret, now);
      if (!principal) {
        return fail(std::move(principal).error());
      }
      if (*principal) {
        return web::Identity{std::move(**principal)};
      }
      break;
    }
    case web::Credential::Kind::kSession: {
      auto owner = store.sessions.find(credential.secret, now);
      if (!owner) {
        return fail(std::move(owner).error());
      }
      if (*owner) {
        return web::Identity{std::move((*owner)->principal), std::move((*owner)->csrf)};
      }
      break;
    }
  }
  return fail(not_found("unknown or expired"));
}

Result<web::NewSession> open_session(store::Store& store, const std::string& email,
                                     const std::string& password, const Clock& clock) {
  auto user = store.users.authenticate(email, password);
  if (!user) {
    return fail(std::move(user).error());
  }
  if (!*user) {
    return fail(not_found("the address or the password is wrong"));
  }
  auto session = store.sessions.open(**user, clock.wall());
  if (!session) {
    return fail(std::move(session).error());
  }
  webcast::Principal principal{webcast::Principal::Kind::kUser, (*user)->id, (*user)->email,
                               (*user)->role};
  return web::NewSession{
      std::move(session->cookie),
      {std::move(principal), std::move(session->csrf)},
      std::chrono::floor<std::chrono::seconds>(session->expires_at - clock.wall())};
}

}  // namespace

void Backend::authenticate(web::Credential credential, Reply<web::Identity> reply) {
  parts_.store.run<web::Identity>(
      std::move(reply), [credential = std::move(credential), &clock = parts_.clock](auto& store) {
        return find_identity(store, credential, clock.wall());
      });
}

void Backend::sign_in(std::string email, std::string password, Reply<web::NewSession> reply) {
  parts_.accounts.run<web::NewSession>(
      std::move(reply),
      [email = std::move(email), password = std::move(password), &clock = parts_.clock](
          store::Store& store) { return open_session(store, email, password, clock); });
}

Reply<void> Backend::forgetting(Reply<void> reply) const {
  return [gone = identities_gone_, reply = std::move(reply)](Status status) {
    if (status) {
      gone();
    }
    reply(std::move(status));
  };
}

void Backend::sign_out(std::string session_secret, Reply<void> reply) {
  parts_.store.run<void>(
      forgetting(std::move(reply)),
      [secret = std::move(session_secret)](auto& store) { return store.sessions.close(secret); });
}

void Backend::list_users(web::Page page, Reply<web::Listing<webcast::User>> reply) {
  parts_.store.run<web::Listing<webcast::User>>(
      std::move(reply), [page = std::move(page)](store::Store& store) {
        return to_listing(store.users.list(to_request(page)));
      });
}

void Backend::create_user(web::NewUser user, Reply<webcast::User> reply) {
  parts_.accounts.run<webcast::User>(
      std::move(reply), [user = std::move(user), &clock = parts_.clock](store::Store& store) {
        return store.users.add(user.email, user.role, user.password, clock.wall());
      });
}

void Backend::remove_user(std::string email, Reply<void> reply) {
  parts_.store.run<void>(
      forgetting(std::move(reply)),
      [email = std::move(email)](store::Store& store) { return store.users.remove(email); });
}

void Backend::list_tokens(web::Page page, Reply<web::Listing<webcast::ApiToken>> reply) {
  parts_.store.run<web::Listing<webcast::ApiToken>>(
      std::move(reply), [page = std::move(page)](store::Store& store) {
        return to_listing(store.tokens.list(to_request(page)));
      });
}

void Backend::create_token(web::TokenRequest token, Reply<webcast::NewToken> reply) {
  parts_.store.run<webcast::NewToken>(
      std::move(reply),
      [token = std::move(token),
       &clock = parts_.clock](store::Store& store) -> Result<webcast::NewToken> {
        auto made = webcast::make_token(token.name, token.role, token.expires_at, clock.wall());
        if (!made) {
          return made;
        }
        if (auto added = store.tokens.add(made->token); !added) {
          return fail(std::move(added).error());
        }
        return made;
      });
}

void Backend::remove_token(std::string id, Reply<void> reply) {
  parts_.store.run<void>(forgetting(std::move(reply)), [id = std::move(id)](store::Store& store) {
    return store.tokens.remove(id);
  });
}

}  // namespace estrad::app
