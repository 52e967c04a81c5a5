#pragma once

#include <string>

#include "base/result.h"

namespace estrad::app {

class Server;

/// What the demo has set up, to be printed.
struct DemoEvent {
  std::string slug;
  std::string email;
  std::string password;
  /// The built-in presenter's: the stage's backup key, so that somebody's OBS takes over.
  std::string presenter_key;
  std::string obs_key;
};

/// Makes stage, event and a staff sign-in (a new password each time), or finds those of the last
/// run, and sees that the event is on air. Main thread; waits for the server.
[[nodiscard]] Result<DemoEvent> prepare_demo_event(Server& server);

}  // namespace estrad::app
