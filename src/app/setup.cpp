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

int report(const Error& error) {
  fmt::print(stderr, "estrad: {}\n", error.message);
  return exit_code(error.kind);
}

}  // namespace estrad::app
