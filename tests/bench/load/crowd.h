#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "follower.h"
#include "glib/handle.h"

namespace estrad::load {

struct CrowdOptions {
  std::size_t viewers = 100;
  /// Viewers join one after the other, spread over this time.
  std::chrono::seconds joining{5};
  /// How long is measured, from the last joining on.
  std::chrono::seconds measuring{60};
};

/// Many viewers of one event on one thread. run() ends by itself: after joining, measuring, and at
/// most five seconds for the parts that are still on the way.
class Crowd {
 public:
  /// Each viewer follows all `targets`, each over a connection of its own.
  [[nodiscard]] static Result<std::unique_ptr<Crowd>> create(std::vector<Target> targets,
                                                             CrowdOptions options);

  /// The result, as docs/BENCHMARKS.md explains it. `on_measuring` is called when measuring begins.
  [[nodiscard]] nlohmann::json run(const std::function<void()>& on_measuring);

 private:
  Crowd(std::vector<Target> targets, CrowdOptions options, glib::Fd epoll);

  /// Lets the followers go on until `end`, or until all are done.
  void turn_until(SteadyTime end);
  void handle_events(milliseconds most);
  void wake_due(SteadyTime now);
  void join_due(SteadyTime now);
  [[nodiscard]] bool is_done() const;
  [[nodiscard]] nlohmann::json result(std::chrono::microseconds took,
                                      std::chrono::microseconds cpu) const;

  // set once
  std::vector<Target> targets_;
  CrowdOptions options_;
  glib::Fd epoll_;

  /// One for each target.
  std::vector<std::unique_ptr<Track>> tracks_;
  Tally tally_;
  /// In the order of joining.
  std::vector<std::unique_ptr<Follower>> followers_;
  std::size_t joined_ = 0;
  SteadyTime begun_;
};

}  // namespace estrad::load
