#include "live/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <glib-unix.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace estrad::live {
namespace {

constexpr std::size_t kReadSize = 256 * 1024;
constexpr std::size_t kLongestLine = 1024;
constexpr std::size_t kControlLimit = 64 * 1024;
constexpr int kOutputPipeSize = 1024 * 1024;
/// Where the child's ends are kept until they take their places as 0 to 3.
constexpr int kFirstFreeFd = 10;

/// What the child does between fork and exec: async-signal-safe calls only, since other threads of
/// the parent may have held any lock. Does not return.
[[noreturn]] void become(const std::array<int, 4>& streams, char* const* arguments, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) {
    ::_exit(1);  // the parent died before the line above
  }
  for (int target = 0; target < 4; ++target) {
    if (::dup2(streams[static_cast<std::size_t>(target)], target) < 0) {
      ::_exit(71);  // EX_OSERR
    }
  }
  ::close_range(4, ~0U, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  struct sigaction standard = {};
  standard.sa_handler = SIG_DFL;
  for (int number = 1; number < 32; ++number) {
    ::sigaction(number, &standard, nullptr);
  }
  ::execv(arguments[0], arguments);
  ::_exit(72);  // EX_OSFILE: the program is not there
}

/// Moves a descriptor out of the way of 0 to 3, close-on-exec.
glib::Fd out_of_the_way(glib::Fd fd) {
  return glib::Fd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kFirstFreeFd));
}

void set_non_blocking(const glib::Fd& fd) {
  ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
}

template <typename Callback>
glib::Ref<GSource> watch_readable(const glib::EventLoop& loop, const glib::Fd& fd,
                                  Callback callback, gpointer self) {
  auto source = glib::Ref<GSource>::adopt(
      g_unix_fd_source_new(fd.get(), static_cast<GIOCondition>(G_IO_IN | G_IO_HUP | G_IO_ERR)));
  const GUnixFDSourceFunc function = callback;
  g_source_set_callback(source.get(), G_SOURCE_FUNC(function), self, nullptr);
  g_source_attach(source.get(), loop.context());
  return source;
}

void destroy(glib::Ref<GSource>& source) {
  if (source) {
    g_source_destroy(source.get());
    source.reset();
  }
}

}  // namespace

/// Both ends of the four streams; index 0 is ours, 1 the child's.
struct ChildProcess::Pipes {
  std::array<glib::Fd, 2> input;
  std::array<glib::Fd, 2> output;
  std::array<glib::Fd, 2> errors;
  std::array<glib::Fd, 2> control;

  [[nodiscard]] static Result<Pipes> make() {
    Pipes pipes;
    // Sockets where we write: a send can say MSG_NOSIGNAL, a write to a pipe cannot.
    const bool is_made = open_pair(pipes.input, true) && open_pair(pipes.output, false) &&
                         open_pair(pipes.errors, false) && open_pair(pipes.control, true);
    if (!is_made) {
      return fail(unavailable_errno("pipes", errno));
    }
    ::fcntl(pipes.output[0].get(), F_SETPIPE_SZ, kOutputPipeSize);
    return pipes;
  }

 private:
  static bool open_pair(std::array<glib::Fd, 2>& ends, bool is_socket) {
    std::array<int, 2> fds = {-1, -1};
    const int outcome = is_socket ? ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data())
                                  : ::pipe2(fds.data(), O_CLOEXEC);
    if (outcome < 0) {
      return false;
    }
    ends[0] = glib::Fd(fds[0]);
    ends[1] = out_of_the_way(glib::Fd(fds[1]));
    set_non_blocking(ends[0]);
    return static_cast<bool>(ends[1]);
  }
};

/// Waits for the child's death; outlives the ChildProcess, so that no zombie stays.
struct ChildProcess::Watch {
  ChildProcess* owner;

  static void attach(Watch* watch, pid_t pid, const glib::EventLoop& loop) {
    const auto source = glib::Ref<GSource>::adopt(g_child_watch_source_new(pid));
    const GChildWatchFunc reaped = [](GPid /*pid*/, gint status, gpointer data) noexcept {
      if (ChildProcess* owner = static_cast<Watch*>(data)->owner; owner != nullptr) {
        owner->child_exited(status);
      }
    };
    g_source_set_callback(source.get(), G_SOURCE_FUNC(reaped), watch,
                          [](gpointer data) { delete static_cast<Watch*>(data); });
    g_source_attach(source.get(), loop.context());
  }
};

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const glib::EventLoop& loop,
                                                          const std::vector<std::string>& command,
                                                          std::size_t input_limit,
                                                          ChildEvents events) {
  loop.assert_current();
  auto pipes = Pipes::make();
  if (!pipes) {
    return fail(std::move(pipes).error());
  }
  std::vector<char*> arguments;
  for (const std::string& word : command) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  const std::array<int, 4> streams = {pipes->input[1].get(), pipes->output[1].get(),
                                      pipes->errors[1].get(), pipes->control[1].get()};
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) {
    return fail(unavailable_errno("fork", errno));
  }
  if (pid == 0) {
    become(streams, arguments.data(), parent);
  }
  return std::unique_ptr<ChildProcess>(
      new ChildProcess(loop, pid, *pipes, input_limit, std::move(events)));
}

ChildProcess::ChildProcess(const glib::EventLoop& loop, pid_t pid, Pipes& pipes,
                           std::size_t input_limit, ChildEvents events)
    : loop_(loop),
      pid_(pid),
      events_(std::move(events)),
      output_(std::move(pipes.output[0])),
      errors_(std::move(pipes.errors[0])),
      input_(std::make_unique<PipeWriter>(loop, std::move(pipes.input[0]), input_limit)),
      control_(std::make_unique<PipeWriter>(loop, std::move(pipes.control[0]), kControlLimit)),
      watch_(new Watch{this}) {
  output_source_ = watch_readable(
      loop, output_,
      [](gint /*fd*/, GIOCondition /*condition*/, gpointer self) noexcept -> gboolean {
        return static_cast<ChildProcess*>(self)->read_output() == Drain::kOpen ? G_SOURCE_CONTINUE
                                                                               : G_SOURCE_REMOVE;
      },
      this);
  errors_source_ = watch_readable(
      loop, errors_,
      [](gint /*fd*/, GIOCondition /*condition*/, gpointer self) noexcept -> gboolean {
        return static_cast<ChildProcess*>(self)->read_errors() == Drain::kOpen ? G_SOURCE_CONTINUE
                                                                               : G_SOURCE_REMOVE;
      },
      this);
  Watch::attach(watch_, pid, loop);
}

ChildProcess::~ChildProcess() {
  *is_alive_ = false;
  destroy(output_source_);
  destroy(errors_source_);
  if (!is_reaped_) {
    watch_->owner = nullptr;
    signal(SIGKILL);
  }
}

void ChildProcess::control(std::string_view line) {
  if (!control_->write(share(line))) {
    signal(SIGKILL);  // it has not read its control words for a long while
  }
}

void ChildProcess::signal(int number) {
  if (!is_reaped_) {
    ::kill(pid_, number);
  }
}

ChildProcess::Drain ChildProcess::read_output() {
  const auto is_alive = is_alive_;
  static thread_local Bytes buffer(kReadSize);
  const ssize_t count = ::read(output_.get(), buffer.data(), buffer.size());
  if (count > 0) {
    events_.output(ByteView(buffer).first(static_cast<std::size_t>(count)));
    return *is_alive ? Drain::kOpen : Drain::kGone;
  }
  if (count < 0 && (errno == EINTR || (errno == EAGAIN && !is_reaped_))) {
    return Drain::kOpen;
  }
  destroy(output_source_);
  output_.reset();
  return finish_stream();
}

ChildProcess::Drain ChildProcess::read_errors() {
  const auto is_alive = is_alive_;
  std::array<char, 4096> buffer;
  const ssize_t count = ::read(errors_.get(), buffer.data(), buffer.size());
  if (count > 0) {
    take_error_bytes(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
    return *is_alive ? Drain::kOpen : Drain::kGone;
  }
  if (count < 0 && (errno == EINTR || (errno == EAGAIN && !is_reaped_))) {
    return Drain::kOpen;
  }
  destroy(errors_source_);
  errors_.reset();
  return finish_stream();
}

void ChildProcess::take_error_bytes(std::string_view text) {
  const auto is_alive = is_alive_;
  for (const char letter : text) {
    if (letter != '\n') {
      if (error_line_.size() < kLongestLine) {
        error_line_.push_back(letter);
      }
      continue;
    }
    const std::string line = std::exchange(error_line_, {});
    if (!line.empty()) {
      events_.error_line(line);
      if (!*is_alive) {
        return;
      }
    }
  }
}

void ChildProcess::child_exited(int wait_status) {
  is_reaped_ = true;
  watch_ = nullptr;
  exit_status_ = wait_status;
  if (!output_ && !errors_) {
    finish_stream();
    return;
  }
  // Whatever it left in the pipes; a grandchild that still holds them is not waited for.
  while (errors_) {
    if (read_errors() == Drain::kGone) {
      return;
    }
  }
  while (output_) {
    if (read_output() == Drain::kGone) {
      return;
    }
  }
}

ChildProcess::Drain ChildProcess::finish_stream() {
  if (!is_reaped_ || output_ || errors_) {
    return Drain::kClosed;
  }
  const auto exited = std::move(events_.exited);
  exited(exit_status_);  // may destroy this object
  return Drain::kGone;
}

}  // namespace estrad::live
