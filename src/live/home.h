#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "base/reply.h"
#include "glib/event_loop.h"

namespace estrad::live {

/// Brings answers home: a Reply that may be called on any thread and runs `task` on the owner's
/// loop, or not at all when the owner is gone by then. One member of each class that asks.
class Home {
 public:
  explicit Home(glib::EventLoop& loop) : loop_(loop) {}

  template <typename T, typename Task>
  [[nodiscard]] Reply<T> reply(Task task) const {
    return [&loop = loop_, alive = std::weak_ptr<int>(alive_),
            task = std::make_shared<Task>(std::move(task))](Result<T> result) {
      auto held = std::make_shared<Result<T>>(std::move(result));
      loop.post([alive, task, held] {
        if (!alive.expired()) {
          (*task)(std::move(*held));
        }
      });
    };
  }

 private:
  glib::EventLoop& loop_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace estrad::live
