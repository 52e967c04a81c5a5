#include "live/worker_process.h"

#include <csignal>
#include <cstring>
#include <utility>

#include <sys/wait.h>

#include "base/log.h"
#include "base/slowdown.h"

namespace estrad::live {
namespace {

constexpr int kSilentLooks = 4;
/// Until it has named its tracks, a worker loads libraries and sets up encoders, which takes
/// seconds on a busy machine: it gets this many times the usual patience.
constexpr int kStartPatience = 5 * kSlowdown;

}  // namespace

WorkerProcesses::WorkerProcesses(const glib::EventLoop& loop, Options options)
    : loop_(loop), options_(std::move(options)) {}

std::vector<std::string> WorkerProcesses::command_for(const WorkerOrder& order) const {
  std::vector<std::string> command = options_.command;
  const bool is_slate = order.input == WorkerOrder::Input::kSlate;
  const auto add = [&command](std::string option, std::string value) {
    command.push_back(std::move(option));
    command.push_back(std::move(value));
  };
  add("--input", is_slate ? "slate" : order.container);
  add("--ladder", options_.ladder.string());
  add("--segment-ms", std::to_string(options_.segment.count()));
  add("--part-ms", std::to_string(order.part.count()));
  if (!order.frozen.empty()) {
    add("--frozen", order.frozen);
  }
  if (is_slate) {
    command.push_back("--title=" + order.title);  // a title may begin with a dash
  }
  return command;
}

Result<std::unique_ptr<Worker>> WorkerProcesses::start(const WorkerOrder& order,
                                                       WorkerEvents events) {
  return WorkerProcess::start(loop_, command_for(order), order.name, options_, std::move(events));
}

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const glib::EventLoop& loop,
                                                            const std::vector<std::string>& command,
                                                            std::string name,
                                                            const WorkerProcesses::Options& options,
                                                            WorkerEvents events) {
  std::unique_ptr<WorkerProcess> worker(
      new WorkerProcess(loop, std::move(name), options.silence, options.grace, std::move(events)));
  WorkerProcess* self = worker.get();
  auto child = ChildProcess::start(
      loop, command, options.input_limit,
      {.output = [self](ByteView bytes) { self->take_output(bytes); },
       .error_line = [self](const std::string& line) { self->take_error_line(line); },
       .exited = [self](int wait_status) { self->exited(wait_status); }});
  if (!child) {
    return fail(std::move(child).error().in("pipeline"));
  }
  worker->child_ = std::move(*child);
  worker->watch_silence();
  return worker;
}

WorkerProcess::WorkerProcess(const glib::EventLoop& loop, std::string name, milliseconds silence,
                             milliseconds grace, WorkerEvents events)
    : name_(std::move(name)),
      silence_(silence),
      grace_(grace),
      events_(std::move(events)),
      silence_timer_(loop),
      stop_timer_(loop),
      is_alive_(std::make_shared<bool>(true)) {}

void WorkerProcess::cut() {
  control(pipeline::Control::kCut);
}

std::chrono::nanoseconds WorkerProcess::processor_time() const {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(child_->pid(), &clock) != 0 || clock_gettime(clock, &time) != 0) {
    return {};  // it has just ended
  }
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void WorkerProcess::finish() {
  child_->close_input();
  stop_timer_.start_once(grace_, [this] { demand_stop(); });
}

void WorkerProcess::demand_stop() {
  control(pipeline::Control::kStop);
  stop_timer_.start_once(grace_, [this] { terminate(); });
}

void WorkerProcess::control(pipeline::Control word) {
  child_->control(pipeline::control_line(word));
}

void WorkerProcess::terminate() {
  child_->signal(SIGTERM);
  stop_timer_.start_once(grace_, [this] { child_->signal(SIGKILL); });
}

void WorkerProcess::take_output(ByteView bytes) {
  is_heard_ = true;
  if (verdict_) {
    return;
  }
  // The owner may destroy this object in any of the callbacks.
  const std::weak_ptr<bool> is_alive = is_alive_;
  decoder_.push(bytes);
  while (!is_alive.expired() && !verdict_) {
    auto record = decoder_.next();
    if (!record) {
      give_up(WorkerExit::Cause::kGarbage, record.error().message);
      return;
    }
    if (!*record) {
      return;
    }
    if (const auto* line = std::get_if<pipeline::LogLine>(&**record)) {
      last_words_ = line->message;
      log::write(line->level, fmt::format("{}: pipeline: {}", name_, line->message));
    }
    is_started_ = is_started_ || std::holds_alternative<pipeline::TrackList>(**record);
    events_.record(std::move(**record));
  }
}

void WorkerProcess::take_error_line(const std::string& line) {
  last_words_ = line;
  log::debug("{}: pipeline: {}", name_, line);
}

void WorkerProcess::watch_silence() {
  // Looks are counted, not time, so that a look that comes late (this loop was busy) never kills a
  // worker whose records only wait to be read.
  silence_timer_.start_repeating(silence_ / kSilentLooks, [this] {
    silent_looks_ = is_heard_ ? 0 : silent_looks_ + 1;
    is_heard_ = false;
    const int patience = is_started_ ? kSilentLooks : kSilentLooks * kStartPatience;
    if (silent_looks_ >= patience) {
      give_up(WorkerExit::Cause::kSilent,
              fmt::format("no sign of life for {} ms", silence_.count() / kSilentLooks * patience));
    }
  });
}

void WorkerProcess::give_up(WorkerExit::Cause cause, std::string message) {
  if (!verdict_) {
    verdict_ = WorkerExit{cause, std::move(message)};
    child_->signal(SIGKILL);
  }
}

void WorkerProcess::exited(int wait_status) {
  WorkerExit exit;
  if (verdict_) {
    exit = *verdict_;
  } else if (WIFEXITED(wait_status)) {
    const int code = WEXITSTATUS(wait_status);
    exit.cause = code == 0 ? WorkerExit::Cause::kDone : WorkerExit::Cause::kFailed;
    exit.message = code == 0 ? "done" : fmt::format("exit code {}: {}", code, last_words_);
  } else {
    exit.cause = WorkerExit::Cause::kCrashed;
    exit.message = fmt::format("killed by signal {} ({})", WTERMSIG(wait_status),
                               ::strsignal(WTERMSIG(wait_status)));
  }
  silence_timer_.stop();
  stop_timer_.stop();
  const auto report = std::move(events_.exited);
  report(std::move(exit));  // may destroy this object
}

}  // namespace estrad::live
