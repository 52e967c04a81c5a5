#include "app/signals.h"

#include <csignal>

namespace estrad::app {
namespace {

sigset_t termination_set() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

TerminationSignals::TerminationSignals() {
  const sigset_t set = termination_set();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void TerminationSignals::wait() const {
  const sigset_t set = termination_set();
  int received = 0;
  sigwait(&set, &received);
}

}  // namespace estrad::app
