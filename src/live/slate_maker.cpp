#include "live/slate_maker.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "live/backoff.h"

namespace estrad::live {

SlateMaker::SlateMaker(WorkerStarter& starter, const Clock& clock, std::string name,
                       std::string title, const std::vector<pipeline::TrackInfo>& infos,
                       milliseconds part, Done done)
    : starter_(starter), clock_(clock), done_(std::move(done)) {
  order_.input = WorkerOrder::Input::kSlate;
  order_.frozen = pipeline::frozen_json(infos);
  order_.part = part;
  order_.title = std::move(title);
  order_.name = std::move(name);
}

void SlateMaker::advance() {
  if (is_done_ || worker_ || clock_.steady() < next_try_) {
    return;
  }
  collector_ = SlateCollector();
  WorkerEvents events;
  events.record = [this](pipeline::Record record) { collector_.take(std::move(record)); };
  events.exited = [this](const WorkerExit& exit) { worker_exited(exit); };
  auto worker = starter_.start(order_, std::move(events));
  if (!worker) {
    try_later(worker.error().message);
    return;
  }
  worker_ = std::move(*worker);
}

void SlateMaker::worker_exited(const WorkerExit& exit) {
  worker_.reset();
  if (exit.cause != WorkerExit::Cause::kDone) {
    try_later(exit.message);
    return;
  }
  auto media = collector_.finish();
  if (!media) {
    try_later(media.error().message);
    return;
  }
  is_done_ = true;
  const Done done = std::move(done_);
  done(std::make_shared<const SlateMedia>(std::move(*media)));  // may destroy this object
}

void SlateMaker::try_later(const std::string& why) {
  const milliseconds wait = backoff(failures_++);
  next_try_ = clock_.steady() + wait;
  log::warning("{}: slate: {}; next try in {} ms", order_.name, why, wait.count());
}

}  // namespace estrad::live
