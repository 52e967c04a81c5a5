#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "glib/ref.h"

namespace estrad::glib {

/// A named thread that runs one GMainContext. Objects live and die on one loop; other threads talk
/// to them by `post`, with values and `shared_ptr<const T>` only. Tasks run in the order they were
/// posted.
///
/// Tasks must not throw. Never wait on a loop for another: a task that needs an answer posts and
/// gets the answer posted back.
class EventLoop {
 public:
  using Task = std::function<void()>;

  /// Starts the thread; `name` (at most 15 characters) is what `top -H` and the debugger show.
  explicit EventLoop(std::string name);
  /// Stops, if nobody has yet.
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Runs `task` on the loop, soon. Any thread. After `stop` the task is destroyed unrun.
  void post(Task task);
  /// Runs what was posted before this call, then ends the thread and destroys what came later. Any
  /// thread but the loop's own; only the first call counts.
  void stop();

  [[nodiscard]] bool is_current() const;
  /// Ends the program when the caller is on another thread: a contract is broken, not an input
  /// wrong.
  void assert_current() const;
  [[nodiscard]] GMainContext* context() const { return context_.get(); }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  struct TaskSource;
  static gboolean dispatch_tasks(GSource* source, GSourceFunc callback, gpointer data) noexcept;
  void run();
  void run_posted();

  // set once
  std::string name_;
  Ref<GMainContext> context_;
  Ref<GMainLoop> main_loop_;
  Ref<GSource> task_source_;

  // any thread, under the mutex (idle sources of GLib are not used: ThreadSanitizer cannot see its
  // locks)
  std::mutex mutex_;
  std::deque<Task> tasks_;
  bool is_stopped_ = false;

  std::thread thread_;
};

/// Runs a task on a loop after a while, once or again and again, until it is stopped or destroyed.
/// Made, started, stopped and destroyed on its loop. The task may stop, restart or destroy its own
/// timer.
class Timer {
 public:
  explicit Timer(const EventLoop& loop) : loop_(loop) {}
  ~Timer() { stop(); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  void start_once(std::chrono::milliseconds after, EventLoop::Task task);
  void start_repeating(std::chrono::milliseconds every, EventLoop::Task task);
  void stop();
  [[nodiscard]] bool is_running() const { return static_cast<bool>(source_); }

 private:
  struct Call;
  void start(std::chrono::milliseconds after, bool is_repeating, EventLoop::Task task);

  const EventLoop& loop_;
  Ref<GSource> source_;
};

}  // namespace estrad::glib
