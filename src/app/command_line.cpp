#include "app/command_line.h"

#include <functional>

#include <CLI/CLI.hpp>
#include <gst/gst.h>
#include <sodium.h>

#include "app/commands.h"
#include "app/exit_code.h"
#include "app/version.h"
#include "demo/presenter.h"
#include "pipeline/worker.h"

namespace estrad::app {
namespace {

/// The command that the line names, ready to run.
using Command = std::function<int()>;

void add_common(CLI::App& command, CommonOptions& options) {
  command
      .add_option("--config", options.config,
                  "configuration file (default /etc/estrad/estrad.json)")
      ->type_name("FILE");
  command
      .add_option_function<std::string>(
          "--data",
          [&options](const std::string& folder) {
            options.assignments.push_back("data.dir=" + folder);
          },
          "folder for database and recordings")
      ->type_name("DIR");
  command
      .add_option_function<std::vector<std::string>>(
          "--set",
          [&options](const std::vector<std::string>& assignments) {
            options.assignments.insert(options.assignments.end(), assignments.begin(),
                                       assignments.end());
          },
          "a setting, again and again if need be")
      ->type_name("KEY=VALUE")
      ->expected(1, -1)
      ->allow_extra_args(false);
}

void add_user(CLI::App& app, UserOptions& options, Command& chosen) {
  CLI::App* user = app.add_subcommand("user", "who may sign in to the studio");
  user->require_subcommand(1);
  auto* add = user->add_subcommand("add", "add a user; asks for the password");
  auto* list = user->add_subcommand("list", "list users");
  auto* remove = user->add_subcommand("remove", "remove a user");
  auto* password = user->add_subcommand("password", "set a new password");
  for (CLI::App* each : {add, remove, password}) {
    each->add_option("email", options.email, "address to sign in with")->required();
  }
  add->add_option("--role", options.role, "admin, producer, moderator or captioner")->required();
  for (CLI::App* each : {add, password}) {
    each->add_flag("--password-stdin", options.reads_password,
                   "read the password from standard input");
  }
  for (CLI::App* each : {add, list, remove, password}) {
    add_common(*each, options.common);
  }
  add->callback([&] { chosen = [&] { return run_user_add(options); }; });
  list->callback([&] { chosen = [&] { return run_user_list(options.common); }; });
  remove->callback([&] { chosen = [&] { return run_user_remove(options); }; });
  password->callback([&] { chosen = [&] { return run_user_password(options); }; });
}

void add_token(CLI::App& app, TokenOptions& options, Command& chosen) {
  CLI::App* token = app.add_subcommand("token", "keys to the staff API");
  token->require_subcommand(1);
  auto* create =
      token->add_subcommand("create", "make a token; prints it alone on standard output");
  auto* list = token->add_subcommand("list", "list tokens");
  auto* remove = token->add_subcommand("remove", "revoke a token");
  create->add_option("--name", options.name, "what it is for")->required();
  remove->add_option("name", options.name, "name or id of the token")->required();
  create->add_option("--role", options.role, "admin, producer, moderator or captioner")->required();
  create->add_option("--expires", options.expires, "how long it is valid, such as 30d");
  for (CLI::App* each : {create, list, remove}) {
    add_common(*each, options.common);
  }
  create->callback([&] { chosen = [&] { return run_token_create(options); }; });
  list->callback([&] { chosen = [&] { return run_token_list(options.common); }; });
  remove->callback([&] { chosen = [&] { return run_token_remove(options); }; });
}

/// Milliseconds on the command line of a worker.
void add_milliseconds(CLI::App& command, const std::string& name, milliseconds& target,
                      const std::string& help) {
  command.add_option_function<std::int64_t>(
      name, [&target](std::int64_t value) { target = milliseconds(value); }, help);
}

void add_pipeline(CLI::App& app, pipeline::WorkerOptions& options, Command& chosen) {
  CLI::App* worker = app.add_subcommand(
      "pipeline",
      "the worker: reads a container on standard input, writes records to standard output");
  const std::map<std::string, pipeline::WorkerInput> inputs = {
      {"flv", pipeline::WorkerInput::kFlv}, {"slate", pipeline::WorkerInput::kSlate}};
  worker->add_option("--input", options.input, "flv or slate")
      ->required()
      ->transform(CLI::CheckedTransformer(inputs));
  worker->add_option("--ladder", options.ladder, "ladder file")->required();
  worker->add_option("--frozen", options.frozen, "exactly these rungs, as JSON");
  worker->add_option("--title", options.title, "text of the slate");
  add_milliseconds(*worker, "--segment-ms", options.segment, "length of a segment");
  add_milliseconds(*worker, "--part-ms", options.part, "length of a part");
  worker->callback([&] { chosen = [&] { return pipeline::run_worker(options); }; });
}

void add_presenter(CLI::App& app, demo::PresenterOptions& options, Command& chosen) {
  CLI::App* presenter =
      app.add_subcommand("presenter", "the demo's presenter (used by `estrad demo`)");
  presenter->group("");  // Not shown: nobody has to start it by hand.
  presenter->add_option("--url", options.url, "where to send")->required();
  presenter->callback([&] { chosen = [&] { return demo::run_presenter(options); }; });
}

}  // namespace

int run(int argc, char** argv) {
  if (sodium_init() < 0) {
    return kExitSoftware;
  }
  CLI::App app("Estrad: webcasts and webinars under one link, live and afterwards", "estrad");
  app.set_version_flag("--version", std::string("estrad ") + kVersion);
  app.require_subcommand(1);

  Command chosen;
  CommonOptions common;
  DemoOptions demo;
  UserOptions user;
  TokenOptions token;
  pipeline::WorkerOptions worker;
  demo::PresenterOptions presenter;

  CLI::App* serve = app.add_subcommand("serve", "run the server");
  add_common(*serve, common);
  serve->callback([&] { chosen = [&] { return run_serve(common); }; });

  CLI::App* demo_command =
      app.add_subcommand("demo", "run the server with a broadcast to watch at once");
  add_common(*demo_command, demo.common);
  demo_command->add_flag("--lan", demo.is_lan, "listen on the network, and print a QR code");
  demo_command->callback([&] { chosen = [&] { return run_demo(demo); }; });

  CLI::App* doctor = app.add_subcommand("doctor", "check this machine, and say how to mend it");
  add_common(*doctor, common);
  doctor->callback([&] { chosen = [&] { return run_doctor_command(common); }; });

  CLI::App* recording = app.add_subcommand("recording", "recordings on disk");
  recording->require_subcommand(1);
  CLI::App* recordings = recording->add_subcommand("list", "list them, with length and size");
  add_common(*recordings, common);
  recordings->callback([&] { chosen = [&] { return run_recording_list(common); }; });

  add_user(app, user, chosen);
  add_token(app, token, chosen);
  add_pipeline(app, worker, chosen);
  add_presenter(app, presenter, chosen);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  return chosen();
}

}  // namespace estrad::app
