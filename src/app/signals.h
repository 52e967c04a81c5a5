#pragma once

namespace estrad::app {

/// SIGTERM and SIGINT as something to wait for. Made before any thread is started, so that all of
/// them leave these signals to the waiting one; also makes broken pipes an error of the write.
class TerminationSignals {
 public:
  TerminationSignals();
  /// Until one of them comes.
  void wait() const;
};

}  // namespace estrad::app
