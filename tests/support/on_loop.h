#pragma once

#include <future>
#include <type_traits>

#include "glib/event_loop.h"

namespace estrad::test {

/// Runs `task` on `loop` and waits for what it returns. For tests only: the program never waits on
/// a loop.
template <typename Task>
auto on_loop(glib::EventLoop& loop, Task task) -> std::invoke_result_t<Task> {
  std::packaged_task<std::invoke_result_t<Task>()> packaged(std::move(task));
  auto done = packaged.get_future();
  loop.post([&packaged] { packaged(); });
  return done.get();
}

}  // namespace estrad::test
