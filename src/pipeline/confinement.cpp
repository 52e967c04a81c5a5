#include "pipeline/confinement.h"

#include <csignal>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace estrad::pipeline {
namespace {

constexpr rlim_t kMaxOpenFiles = 256;

void limit(__rlimit_resource resource, rlim_t value) {
  const rlimit limits{value, value};
  setrlimit(resource, &limits);
}

}  // namespace

void confine_process() {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, kMaxOpenFiles);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // The sanitizers' shadow memory counts as data.
  constexpr rlim_t kMaxMemory = rlim_t{3} << 30U;
  limit(RLIMIT_DATA, kMaxMemory);
#endif
  // The parent may go at any moment; writing to it then is an error, not a signal.
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace estrad::pipeline
