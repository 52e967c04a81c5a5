#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "live/slate_media.h"
#include "live/worker.h"

namespace estrad::live {

/// Has a worker make a slate, and tries again, ever more slowly, until there is one. Lives on the
/// live loop.
class SlateMaker {
 public:
  using Done = std::function<void(std::shared_ptr<const SlateMedia>)>;
  /// `infos` are the tracks to make, `part` the length of a part. `done` is called once, from
  /// `advance` or a worker's callback.
  SlateMaker(WorkerStarter& starter, const Clock& clock, std::string name, std::string title,
             const std::vector<pipeline::TrackInfo>& infos, milliseconds part, Done done);

  /// Starts the worker when it is time to. Call often.
  void advance();

 private:
  void worker_exited(const WorkerExit& exit);
  void try_later(const std::string& why);

  // set once
  WorkerStarter& starter_;
  const Clock& clock_;
  WorkerOrder order_;
  Done done_;

  // live loop only
  SlateCollector collector_;
  std::unique_ptr<Worker> worker_;
  bool is_done_ = false;
  int failures_ = 0;
  SteadyTime next_try_{};
};

}  // namespace estrad::live
