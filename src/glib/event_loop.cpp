#include "glib/event_loop.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <pthread.h>

namespace estrad::glib {

struct EventLoop::TaskSource {
  GSource base;
  EventLoop* loop;
};

EventLoop::EventLoop(std::string name)
    : name_(std::move(name)),
      context_(Ref<GMainContext>::adopt(g_main_context_new())),
      main_loop_(Ref<GMainLoop>::adopt(g_main_loop_new(context_.get(), FALSE))) {
  static GSourceFuncs functions = {nullptr, nullptr, &EventLoop::dispatch_tasks,
                                   nullptr, nullptr, nullptr};
  task_source_ = Ref<GSource>::adopt(g_source_new(&functions, sizeof(TaskSource)));
  reinterpret_cast<TaskSource*>(task_source_.get())->loop = this;
  g_source_set_name(task_source_.get(), "tasks");
  g_source_attach(task_source_.get(), context_.get());
  thread_ = std::thread([this] { run(); });
}

EventLoop::~EventLoop() {
  stop();
  g_source_destroy(task_source_.get());
}

void EventLoop::post(Task task) {
  // Declared before the lock: a task that is refused is destroyed after it is released.
  Task refused;
  const std::lock_guard lock(mutex_);
  if (is_stopped_) {
    refused = std::move(task);
    return;
  }
  tasks_.push_back(std::move(task));
  // Under the lock, so that a wake-up cannot slip between the dispatch's reset and its look at the
  // queue.
  g_source_set_ready_time(task_source_.get(), 0);
}

void EventLoop::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (is_stopped_) {
      return;
    }
    tasks_.push_back([this] { g_main_loop_quit(main_loop_.get()); });
    is_stopped_ = true;
    g_source_set_ready_time(task_source_.get(), 0);
  }
  thread_.join();
}

bool EventLoop::is_current() const {
  return std::this_thread::get_id() == thread_.get_id();
}

void EventLoop::assert_current() const {
  if (!is_current()) {
    g_error("called on another thread than \"%s\"", name_.c_str());
  }
}

gboolean EventLoop::dispatch_tasks(GSource* source, GSourceFunc /*callback*/,
                                   gpointer /*data*/) noexcept {
  reinterpret_cast<TaskSource*>(source)->loop->run_posted();
  return G_SOURCE_CONTINUE;
}

void EventLoop::run() {
  pthread_setname_np(pthread_self(), name_.substr(0, 15).c_str());
  g_main_context_push_thread_default(context_.get());
  g_main_loop_run(main_loop_.get());
  g_main_context_pop_thread_default(context_.get());
}

void EventLoop::run_posted() {
  std::deque<Task> batch;
  {
    const std::lock_guard lock(mutex_);
    g_source_set_ready_time(task_source_.get(), -1);
    batch.swap(tasks_);
  }
  for (Task& task : batch) {
    task();
    task = nullptr;
  }
}

struct Timer::Call {
  EventLoop::Task task;
  bool is_repeating;
  Timer* timer;
};

void Timer::start_once(std::chrono::milliseconds after, EventLoop::Task task) {
  start(after, false, std::move(task));
}

void Timer::start_repeating(std::chrono::milliseconds every, EventLoop::Task task) {
  start(every, true, std::move(task));
}

void Timer::start(std::chrono::milliseconds after, bool is_repeating, EventLoop::Task task) {
  loop_.assert_current();
  stop();
  source_ = Ref<GSource>::adopt(
      g_timeout_source_new(static_cast<guint>(std::max<std::int64_t>(0, after.count()))));
  auto call = std::make_unique<Call>(Call{std::move(task), is_repeating, this});
  g_source_set_callback(
      source_.get(),
      [](gpointer data) noexcept -> gboolean {
        auto* due = static_cast<Call*>(data);
        if (due->is_repeating) {
          // A copy of its own: the task may destroy this very call.
          const EventLoop::Task task_now = due->task;
          task_now();
          return G_SOURCE_CONTINUE;
        }
        const EventLoop::Task task_now = std::move(due->task);
        due->timer->source_.reset();
        task_now();
        return G_SOURCE_REMOVE;
      },
      call.release(), [](gpointer data) noexcept { delete static_cast<Call*>(data); });
  g_source_attach(source_.get(), loop_.context());
}

void Timer::stop() {
  if (source_) {
    loop_.assert_current();
    g_source_destroy(source_.get());
    source_.reset();
  }
}

}  // namespace estrad::glib
