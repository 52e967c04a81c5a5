#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

#include "base/bytes.h"
#include "base/result.h"
#include "glib/event_loop.h"
#include "glib/handle.h"
#include "live/pipe_writer.h"

namespace estrad::live {

/// What a child process tells its owner; called on the loop that started it. A callback may
/// destroy the process.
struct ChildEvents {
  /// Bytes of its standard output, as they come.
  std::function<void(ByteView)> output;
  /// A line of its standard error, without the line end, cut at 1 KiB.
  std::function<void(const std::string&)> error_line;
  /// Once, last: it is dead and reaped and its output is read to the end. `wait_status` as of
  /// waitpid(2).
  std::function<void(int wait_status)> exited;
};

/// A child process with its standard streams and a control stream on fd 3. No other descriptor of
/// this process reaches it, and it is killed when the thread that started it ends.
///
/// Lives on one loop, which must outlive it. Destroying it kills the child (SIGKILL) and reports
/// nothing more; the loop reaps it.
class ChildProcess {
 public:
  /// `command` is the path of the program and its arguments. `input_limit` bounds the bytes that
  /// wait for the child to read them.
  [[nodiscard]] static Result<std::unique_ptr<ChildProcess>> start(
      const glib::EventLoop& loop, const std::vector<std::string>& command, std::size_t input_limit,
      ChildEvents events);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Queues bytes for standard input. False when they would exceed the limit: nothing of them is
  /// sent then. Writing to a child that has closed its end is no error; its exit will tell.
  [[nodiscard]] bool write(SharedBytes bytes) { return input_->write(std::move(bytes)); }
  /// Ends standard input once all that waits has been read.
  void close_input() { input_->close_when_empty(); }
  /// Sends one line, its line feed included, on fd 3.
  void control(std::string_view line);

  /// Sends a signal, unless the child is reaped already.
  void signal(int number);
  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] std::size_t waiting_input() const { return input_->waiting(); }

 private:
  struct Pipes;
  struct Watch;
  ChildProcess(const glib::EventLoop& loop, pid_t pid, Pipes& pipes, std::size_t input_limit,
               ChildEvents events);

  enum class Drain { kOpen, kClosed, kGone };
  Drain read_output();
  Drain read_errors();
  void take_error_bytes(std::string_view text);
  void child_exited(int wait_status);
  /// After a stream has ended: reports the exit when it was the last and the child is dead.
  Drain finish_stream();

  // set once
  const glib::EventLoop& loop_;
  pid_t pid_;
  ChildEvents events_;

  // its loop only
  glib::Fd output_;
  glib::Fd errors_;
  std::unique_ptr<PipeWriter> input_;
  std::unique_ptr<PipeWriter> control_;
  glib::Ref<GSource> output_source_;
  glib::Ref<GSource> errors_source_;
  Watch* watch_;  ///< Owned by the loop until the child is reaped.
  std::string error_line_;
  bool is_reaped_ = false;
  int exit_status_ = 0;
  /// Tells a callback's caller whether the object still lives.
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace estrad::live
