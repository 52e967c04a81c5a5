#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "pipeline/framing.h"

namespace estrad::live {

/// What a pipeline worker is to do.
struct WorkerOrder {
  enum class Input { kFeed, kSlate };
  Input input = Input::kFeed;
  std::string container = "flv";  ///< Of the feed's bytes.
  milliseconds part{500};         ///< Length of a part.
  std::string frozen;  ///< `pipeline::frozen_json`; empty: the ladder, as the feed allows.
  std::string title;   ///< The slate's text.
  std::string name;    ///< For the log: `stage "main"`.
};

/// How a worker ended.
struct WorkerExit {
  enum class Cause {
    kDone,     ///< Exit code 0: its input had ended, or it was told to stop.
    kFailed,   ///< It gave up with an exit code.
    kCrashed,  ///< A signal that was not ours.
    kSilent,   ///< No sign of life for two seconds: killed.
    kGarbage,  ///< Its records cannot be read: killed.
  };
  Cause cause = Cause::kDone;
  /// For the operator: what it said last, or the signal.
  std::string message;
};

/// What a worker tells its owner, on the live loop. A callback may destroy the worker.
struct WorkerEvents {
  std::function<void(pipeline::Record)> record;
  /// Once, last.
  std::function<void(WorkerExit)> exited;
};

/// A pipeline worker that runs. Lives on the live loop; destroying it kills it, and nothing more is
/// reported.
class Worker {
 public:
  virtual ~Worker() = default;
  /// The feed's next bytes. False when it has not read for so long that the bound is reached: it
  /// hangs, nothing was queued.
  [[nodiscard]] virtual bool write(SharedBytes bytes) = 0;
  /// An IDR and a new segment on all rungs, now.
  virtual void cut() = 0;
  /// Processor time that it has taken, of all its threads.
  [[nodiscard]] virtual std::chrono::nanoseconds processor_time() const = 0;
  /// The input has ended: it flushes what is in the works and exits; killed when that takes long.
  virtual void finish() = 0;
};

/// Starts workers; an interface, so that the tests of takes and stages need no media.
class WorkerStarter {
 public:
  virtual ~WorkerStarter() = default;
  [[nodiscard]] virtual Result<std::unique_ptr<Worker>> start(const WorkerOrder& order,
                                                              WorkerEvents events) = 0;
};

}  // namespace estrad::live
