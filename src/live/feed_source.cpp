#include "live/feed_source.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/log.h"
#include "base/slowdown.h"
#include "live/backoff.h"
#include "live/tracks.h"

namespace estrad::live {
namespace {

/// A worker that held out this long starts afresh when it fails.
constexpr std::chrono::seconds kProven{30};
/// A worker that is fed gives a part within this time, or never.
constexpr std::chrono::seconds kLongestPause = kSlowdown * std::chrono::seconds(10);
constexpr std::chrono::seconds kFedLately{2};

}  // namespace

bool FeedRun::has_inits() const {
  return !inits.empty() && std::all_of(inits.begin(), inits.end(),
                                       [](const SharedBytes& init) { return init != nullptr; });
}

FeedSource::FeedSource(std::string stage, milliseconds part, WorkerStarter& starter,
                       const Clock& clock, FeedEvents events)
    : stage_(std::move(stage)),
      starter_(starter),
      clock_(clock),
      events_(std::move(events)),
      part_(part) {
  since_ = clock_.wall();
}

void FeedSource::feed_started(const FeedStart& feed) {
  feeds_[feed.id] = Feed{feed, nullptr};
  since_ = clock_.wall();
  log::info("stage \"{}\": feed {} by {}{}", stage_, feed.id, feed.protocol,
            feed.is_backup ? " (backup key)" : "");
  choose();
  events_.presence();
}

void FeedSource::feed_headers(FeedId id, SharedBytes headers) {
  if (const auto found = feeds_.find(id); found != feeds_.end()) {
    found->second.headers = std::move(headers);
  }
}

void FeedSource::feed_data(FeedId id, const FeedChunk& chunk) {
  const auto found = feeds_.find(id);
  if (found == feeds_.end() || active_ != id) {
    return;
  }
  last_data_ = clock_.steady();
  if (!worker_ || is_finishing_) {
    if (!chunk.starts_with_keyframe || !found->second.headers || last_data_ < next_start_) {
      return;
    }
    start_worker(found->second);
  }
  if (worker_ && !worker_->write(chunk.bytes)) {
    worker_failed("hangs: it has not read its input for long");
  }
}

void FeedSource::feed_ended(FeedId id) {
  if (feeds_.erase(id) == 0) {
    return;
  }
  since_ = clock_.wall();
  log::info("stage \"{}\": feed {} ended", stage_, id);
  if (active_ == id) {
    choose();
  }
  events_.presence();
}

/// Another feed gets its own worker at its first keyframe; the present one flushes until then.
void FeedSource::choose() {
  std::optional<FeedId> best;
  bool is_best_backup = true;
  for (const auto& [id, feed] : feeds_) {
    if (!best || !feed.start.is_backup || is_best_backup) {
      best = id;
      is_best_backup = feed.start.is_backup;
    }
  }
  if (active_ == best) {
    return;
  }
  active_ = best;
  failures_ = 0;
  next_start_ = {};
  if (worker_ && !is_finishing_) {
    is_finishing_ = true;
    worker_->finish();
  }
}

void FeedSource::start_worker(const Feed& feed) {
  end_run();
  WorkerOrder order;
  order.container = feed.start.container;
  order.part = part_;
  order.frozen = frozen_.empty() ? std::string() : pipeline::frozen_json(frozen_);
  order.name = fmt::format("stage \"{}\"", stage_);
  WorkerEvents events;
  events.record = [this](pipeline::Record record) { take_record(std::move(record)); };
  events.exited = [this](const WorkerExit& exit) { worker_exited(exit); };
  auto worker = starter_.start(order, std::move(events));
  if (!worker) {
    worker_failed(worker.error().message);
    return;
  }
  worker_ = std::move(*worker);
  started_ = clock_.steady();
  last_part_ = started_;
  measured_at_ = started_;
  measured_time_ = {};
  if (!worker_->write(feed.headers)) {
    worker_failed("headers are too long");
  }
}

void FeedSource::take_record(pipeline::Record record) {
  if (auto* list = std::get_if<pipeline::TrackList>(&record)) {
    run_ = std::make_shared<FeedRun>();
    run_->number = next_run_++;
    run_->part = part_;
    run_->tracks = std::move(list->tracks);
    run_->inits.resize(run_->tracks.size());
    last_tracks_ = run_->tracks;
    const std::shared_ptr<const FeedRun> run = run_;  // the receiver may end it
    events_.tracks(*run);
  } else if (auto* init = std::get_if<pipeline::InitSegment>(&record)) {
    if (run_ && init->track < run_->inits.size()) {
      run_->inits[init->track] = share(std::move(init->bytes));
    }
  } else if (const auto* part = std::get_if<pipeline::Part>(&record)) {
    if (run_ && part->track < run_->inits.size() && run_->inits[part->track]) {
      last_part_ = clock_.steady();
      const std::shared_ptr<const FeedRun> run = run_;  // the receiver may end it
      events_.part(*run, *part);
    }
  } else if (const auto* signal = std::get_if<pipeline::Signal>(&record)) {
    events_.signal(*signal);
  }
}

void FeedSource::worker_exited(const WorkerExit& exit) {
  const bool is_expected = is_finishing_ || exit.cause == WorkerExit::Cause::kDone;
  if (is_expected) {
    end_run();
  } else {
    worker_failed(exit.message);
  }
}

void FeedSource::end_run() {
  worker_.reset();
  cores_.reset();
  is_finishing_ = false;
  if (run_) {
    run_.reset();
    events_.run_ended();
  }
}

void FeedSource::worker_failed(const std::string& why) {
  const SteadyTime now = clock_.steady();
  if (now - started_ > kProven) {
    failures_ = 0;
  }
  const milliseconds wait = backoff(failures_++);
  next_start_ = now + wait;
  log::warning("stage \"{}\": pipeline: {}; another starts at the next keyframe after {} ms",
               stage_, why, wait.count());
  end_run();
}

void FeedSource::freeze(const std::vector<pipeline::TrackInfo>& tracks) {
  frozen_ = tracks;
  if (worker_ && !is_finishing_ && run_ && !tracks.empty() && !is_made_for(tracks)) {
    log::info("stage \"{}\": pipeline starts again with the event's tracks", stage_);
    end_run();
  }
}

void FeedSource::set_part(milliseconds length) {
  if (std::exchange(part_, length) != length && worker_ && !is_finishing_) {
    log::info("stage \"{}\": pipeline starts again with parts of {} ms", stage_, length.count());
    end_run();
  }
}

bool FeedSource::is_made_for(const std::vector<pipeline::TrackInfo>& tracks) const {
  return run_->tracks.size() == tracks.size() &&
         match_tracks(to_tracks(tracks), run_->tracks).size() == tracks.size();
}

void FeedSource::cut() {
  if (worker_ && !is_finishing_) {
    worker_->cut();
  }
}

void FeedSource::replace_worker(const std::string& why) {
  if (worker_) {
    worker_failed(why);
  }
}

void FeedSource::measure(SteadyTime now) {
  constexpr std::chrono::seconds kSpan(4);
  if (!worker_ || now - measured_at_ < kSpan) {
    return;
  }
  using Seconds = std::chrono::duration<double>;
  const auto taken = worker_->processor_time();
  cores_ = Seconds(taken - measured_time_) / Seconds(now - measured_at_);
  measured_at_ = now;
  measured_time_ = taken;
}

void FeedSource::advance() {
  const SteadyTime now = clock_.steady();
  measure(now);
  if (worker_ && !is_finishing_ && now - last_data_ < kFedLately &&
      now - last_part_ > kLongestPause) {
    worker_failed("takes the feed, but gives no media");
  }
}

const FeedStart* FeedSource::feed() const {
  const auto found = active_ ? feeds_.find(*active_) : feeds_.end();
  return found == feeds_.end() ? nullptr : &found->second.start;
}

}  // namespace estrad::live
