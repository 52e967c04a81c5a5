// `estrad user …` and `estrad token …`: they open the database themselves, also beside a running
// server.
#include <iostream>

#include <fmt/core.h>
#include <termios.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/exit_code.h"
#include "base/text.h"
#include "config/value.h"
#include "store/store.h"

namespace estrad::app {
namespace {

/// Opens the instance's database and runs `work` on it.
template <typename Work>
int with_store(const CommonOptions& options, Work work) {
  auto setup = set_up(options);
  if (!setup) {
    return report_setup(setup.error());
  }
  if (Status made = make_folders(setup->settings); !made) {
    return report(made.error());
  }
  auto store = store::Store::open(setup->settings.database.url);
  if (!store) {
    return report(std::move(store).error().in("database"));
  }
  if (Status status = work(**store); !status) {
    return report(std::move(status).error());
  }
  return kExitOk;
}

Result<webcast::Role> role_of(const std::string& name) {
  auto role = webcast::parse_role(name);
  if (!role) {
    return fail(invalid_field("role", fmt::format("role \"{}\" is not one of admin, producer, "
                                                  "moderator, captioner",
                                                  name)));
  }
  return *role;
}

/// The echo of a terminal, off while this lives.
class HiddenInput {
 public:
  HiddenInput() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (is_terminal_) {
      termios hidden = before_;
      hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    }
  }
  ~HiddenInput() {
    if (is_terminal_) {
      tcsetattr(STDIN_FILENO, TCSANOW, &before_);
      fmt::print(stderr, "\n");
    }
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;

 private:
  termios before_{};
  bool is_terminal_;
};

Result<std::string> read_password(bool from_stdin) {
  std::string password;
  if (from_stdin) {
    std::getline(std::cin, password);
    return password;
  }
  if (isatty(STDIN_FILENO) == 0) {
    return fail(
        invalid_input("there is no terminal to ask for the password; use --password-stdin"));
  }
  fmt::print(stderr, "Password: ");
  const HiddenInput hidden;
  std::getline(std::cin, password);
  return password;
}

Status add_user(store::Store& store, const UserOptions& options) {
  auto role = role_of(options.role);
  if (!role) {
    return fail(std::move(role).error());
  }
  auto password = read_password(options.reads_password);
  if (!password) {
    return fail(std::move(password).error());
  }
  auto user = store.users.add(options.email, *role, *password, SystemClock().wall());
  return user ? Status() : fail(std::move(user).error());
}

Status set_password(store::Store& store, const UserOptions& options) {
  auto password = read_password(options.reads_password);
  return password ? store.users.set_password(options.email, *password)
                  : fail(std::move(password).error());
}

Status create_token(store::Store& store, const TokenOptions& options) {
  auto role = role_of(options.role);
  if (!role) {
    return fail(std::move(role).error());
  }
  const WallTime now = SystemClock().wall();
  std::optional<WallTime> expires_at;
  if (!options.expires.empty()) {
    auto lifetime = config::parse_duration(options.expires);
    if (!lifetime) {
      return fail(std::move(lifetime).error().in("--expires"));
    }
    expires_at = now + *lifetime;
  }
  auto token = webcast::make_token(options.name, *role, expires_at, now);
  if (!token) {
    return fail(std::move(token).error());
  }
  if (auto added = store.tokens.add(token->token); !added) {
    return added;
  }
  fmt::print("{}\n", token->text);
  return {};
}

/// Prints every item of a list that comes in pages.
template <typename Repository, typename Print>
Status print_all(Repository& repository, Print print) {
  store::PageRequest request{store::PageRequest::kMost};
  do {
    auto page = repository.list(request);
    if (!page) {
      return fail(std::move(page).error());
    }
    for (const auto& item : page->items) {
      print(item);
    }
    request.after = page->next;
  } while (!request.after.empty());
  return {};
}

}  // namespace

int run_user_add(const UserOptions& options) {
  return with_store(options.common, [&](store::Store& store) { return add_user(store, options); });
}

int run_user_list(const CommonOptions& options) {
  return with_store(options, [](store::Store& store) {
    return print_all(store.users, [](const webcast::User& user) {
      fmt::print("{}\t{}\n", user.email, webcast::to_string(user.role));
    });
  });
}

int run_user_remove(const UserOptions& options) {
  return with_store(options.common,
                    [&](store::Store& store) { return store.users.remove(options.email); });
}

int run_user_password(const UserOptions& options) {
  return with_store(options.common,
                    [&](store::Store& store) { return set_password(store, options); });
}

int run_token_create(const TokenOptions& options) {
  return with_store(options.common,
                    [&](store::Store& store) { return create_token(store, options); });
}

int run_token_list(const CommonOptions& options) {
  return with_store(options, [](store::Store& store) {
    return print_all(store.tokens, [](const webcast::ApiToken& token) {
      fmt::print("{}\t{}\t{}\n", token.name, webcast::to_string(token.role),
                 token.expires_at ? format_rfc3339(*token.expires_at) : "never expires");
    });
  });
}

int run_token_remove(const TokenOptions& options) {
  return with_store(options.common,
                    [&](store::Store& store) { return store.tokens.remove(options.name); });
}

}  // namespace estrad::app
