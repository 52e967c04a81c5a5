#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "glib/event_loop.h"
#include "live/child_process.h"
#include "live/worker.h"

namespace estrad::live {

/// Starts each worker as a child process.
class WorkerProcesses final : public WorkerStarter {
 public:
  struct Options {
    /// Program and first arguments: `/proc/self/exe pipeline`.
    std::vector<std::string> command;
    std::filesystem::path ladder;
    milliseconds segment{2000};
    /// Bytes of a feed that wait for the worker: about ten seconds of a heavy feed.
    std::size_t input_limit = std::size_t{16} << 20U;
    milliseconds silence = pipeline::kSilence;
    /// From the end of its input to the word `stop`, from there to SIGTERM, from there to SIGKILL.
    milliseconds grace{1500};
  };
  WorkerProcesses(const glib::EventLoop& loop, Options options);

  [[nodiscard]] Result<std::unique_ptr<Worker>> start(const WorkerOrder& order,
                                                      WorkerEvents events) override;
  [[nodiscard]] std::vector<std::string> command_for(const WorkerOrder& order) const;

 private:
  const glib::EventLoop& loop_;
  Options options_;
};

/// One worker as a child process: reads its records, kills it when it falls silent or talks
/// nonsense, and makes it stop by steps. Lives on the live loop.
class WorkerProcess final : public Worker {
 public:
  [[nodiscard]] static Result<std::unique_ptr<WorkerProcess>> start(
      const glib::EventLoop& loop, const std::vector<std::string>& command, std::string name,
      const WorkerProcesses::Options& options, WorkerEvents events);
  ~WorkerProcess() override = default;

  [[nodiscard]] bool write(SharedBytes bytes) override { return child_->write(std::move(bytes)); }
  void cut() override;
  [[nodiscard]] std::chrono::nanoseconds processor_time() const override;
  void finish() override;
  [[nodiscard]] pid_t pid() const { return child_->pid(); }

 private:
  WorkerProcess(const glib::EventLoop& loop, std::string name, milliseconds silence,
                milliseconds grace, WorkerEvents events);
  void take_output(ByteView bytes);
  void take_error_line(const std::string& line);
  void watch_silence();
  void give_up(WorkerExit::Cause cause, std::string message);
  void control(pipeline::Control word);
  void demand_stop();
  void terminate();
  void exited(int wait_status);

  // set once
  std::string name_;
  milliseconds silence_;
  milliseconds grace_;
  WorkerEvents events_;

  // its loop only
  std::unique_ptr<ChildProcess> child_;
  pipeline::RecordDecoder decoder_;
  glib::Timer silence_timer_;
  glib::Timer stop_timer_;
  bool is_started_ = false;  ///< It has named its tracks.
  bool is_heard_ = false;
  int silent_looks_ = 0;
  /// Set when we kill it: its exit is reported as this.
  std::optional<WorkerExit> verdict_;
  std::string last_words_;
  std::shared_ptr<bool> is_alive_;
};

}  // namespace estrad::live
