#include <fmt/core.h>

#include "app/commands.h"
#include "app/exit_code.h"
#include "base/log.h"

namespace estrad::app {

Result<Setup> set_up(const CommonOptions& options) {
  config::Sources sources;
  sources.places = config::find_places(config::running_binary());
  if (options.config) {
    sources.file = *options.config;
  }
  sources.environment = config::environment_of_process();
  sources.assignments = options.assignments;
  auto loaded = config::load(sources);
  if (!loaded) {
    Error error = std::move(loaded).error();
    if (error.field.empty()) {
      error.field = "configuration";
    }
    return fail(std::move(error));
  }
  log::set_up(loaded->settings.log.level, loaded->settings.log.format);
  for (const std::string& note : loaded->notes) {
    log::info("configuration: {}", note);
  }
  return Setup{std::move(loaded->settings), std::move(sources.places)};
}

Status make_folders(const config::Settings& settings) {
  for (const std::filesystem::path& folder :
       {settings.data.dir, config::database_file(settings).parent_path(),
        config::archive_folder(settings)}) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
      return fail(
          unavailable(fmt::format("folder {} cannot be made: {}; make it writable for this "
                                  "user, or name another with --data",
                                  folder.string(), error.message())));
    }
  }
  return {};
}

int report(const Error& error) {
  fmt::print(stderr, "estrad: {}\n", error.message);
  return exit_code(error.kind);
}

int report_setup(const Error& error) {
  static_cast<void>(report(error));
  return kExitConfig;
}

}  // namespace estrad::app
