#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/load.h"

/// The subcommands of `estrad`, each of which returns an exit code of sysexits.h (app/exit_code.h).
/// Results go to standard output, everything else to standard error.
namespace estrad::app {

/// What every command that touches the instance takes.
struct CommonOptions {
  std::optional<std::string> config;     ///< `--config FILE`
  std::vector<std::string> assignments;  ///< `--set KEY=VALUE` and `--data DIR`, in order.
};

/// Settings, and where the program's files are. Logs what the operator should hear, and sets up
/// the log as the settings say.
struct Setup {
  config::Settings settings;
  config::Places places;
};
[[nodiscard]] Result<Setup> set_up(const CommonOptions& options);

/// Makes the folders that the settings name, where they are missing. Unavailable, naming the path,
/// when that cannot be done.
[[nodiscard]] Status make_folders(const config::Settings& settings);

int run_serve(const CommonOptions& options);

struct DemoOptions {
  CommonOptions common;
  /// Listen on the network, and print a QR code.
  bool is_lan = false;
};
int run_demo(DemoOptions options);

int run_doctor_command(const CommonOptions& options);

struct UserOptions {
  CommonOptions common;
  std::string email;
  std::string role = "admin";
  /// Read one line from standard input instead of asking at the terminal.
  bool reads_password = false;
};
int run_user_add(const UserOptions& options);
int run_user_list(const CommonOptions& options);
int run_user_remove(const UserOptions& options);
int run_user_password(const UserOptions& options);

struct TokenOptions {
  CommonOptions common;
  std::string name;
  std::string role;
  std::string expires;  ///< A duration such as `30d`; empty: never.
};
int run_token_create(const TokenOptions& options);
int run_token_list(const CommonOptions& options);
int run_token_remove(const TokenOptions& options);

int run_recording_list(const CommonOptions& options);

/// Prints the error and gives its exit code.
[[nodiscard]] int report(const Error& error);
/// The same for what `set_up` found wrong: EX_CONFIG.
[[nodiscard]] int report_setup(const Error& error);

}  // namespace estrad::app
