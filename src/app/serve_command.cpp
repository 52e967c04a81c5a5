
#include "app/commands.h"
#include "app/exit_code.h"
#include "app/server.h"
#include "app/server_notify.h"
#include "app/signals.h"
#include "base/log.h"

namespace estrad::app {

int run_serve(const CommonOptions& options) {
  // Before the first thread: all of them inherit the mask, and only the main thread waits.
  const TerminationSignals signals;
  auto setup = set_up(options);
  if (!setup) {
    return report_setup(setup.error());
  }
  auto server = Server::start({std::move(setup->settings), std::move(setup->places)});
  if (!server) {
    return report(std::move(server).error());
  }
  log::info("ready {}", (*server)->addresses());
  notify_ready((*server)->addresses());
  signals.wait();
  notify_stopping();
  log::info("stopping: recordings are closed, events on air go on after the restart");
  (*server)->stop();
  server->reset();
  log::info("stopped");
  return kExitOk;
}

}  // namespace estrad::app
