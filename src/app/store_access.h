#pragma once

#include <future>
#include <memory>
#include <string>
#include <utility>

#include "base/reply.h"
#include "glib/event_loop.h"
#include "store/store.h"

namespace estrad::app {

/// A connection to the database with a thread of its own, on which alone it is used.
class StoreAccess {
 public:
  /// Opens the database and waits for it: for the start of the program, on the main thread.
  [[nodiscard]] static Result<std::unique_ptr<StoreAccess>> open(const std::string& url,
                                                                 std::string thread_name);
  ~StoreAccess();
  StoreAccess(const StoreAccess&) = delete;
  StoreAccess& operator=(const StoreAccess&) = delete;

  /// Runs `work` with the store, on its thread, and answers there with what it returns. Calls are
  /// carried out in their order. Any thread.
  template <typename T, typename Work>
  void run(Reply<T> reply, Work work) {
    loop_.post([this, reply = std::move(reply), work = std::move(work)]() mutable {
      reply(work(*store_));
    });
  }

  /// Runs `work` and waits for its result: at start, on the main thread.
  template <typename T, typename Work>
  [[nodiscard]] Result<T> run_now(Work work);

  /// Finishes what was asked for; later calls are not carried out.
  void stop() { loop_.stop(); }

 private:
  explicit StoreAccess(std::string thread_name) : loop_(std::move(thread_name)) {}

  std::unique_ptr<store::Store> store_;
  glib::EventLoop loop_;
};

template <typename T, typename Work>
Result<T> StoreAccess::run_now(Work work) {
  std::promise<Result<T>> promise;
  auto future = promise.get_future();
  run<T>([&promise](Result<T> result) { promise.set_value(std::move(result)); }, std::move(work));
  return future.get();
}

}  // namespace estrad::app
