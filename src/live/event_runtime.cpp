#include "live/event_runtime.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/log.h"
#include "base/text.h"

namespace estrad::live {
namespace {

constexpr std::size_t kMostSteps = 64;
/// After a step that could not be stored.
constexpr milliseconds kAutomaticAgain{5'000};

bool is_told(webcast::EventState state) {
  return state != webcast::EventState::kDraft && state != webcast::EventState::kEnded;
}

}  // namespace

EventRuntime::EventRuntime(webcast::Event event, const TakeParts& parts, EventStore& store,
                           Surroundings surroundings)
    : parts_(parts),
      store_(store),
      surroundings_(std::move(surroundings)),
      event_(std::move(event)),
      room_(parts.loop, parts.clock, store, parts.publisher, event_.id,
            {.event = [this]() -> const webcast::Event& { return event_; },
             .media_ms = [this] { return media_ms(); },
             .viewers = [this] { return viewers_; }}),
      home_(parts.loop) {}

void EventRuntime::restore() {
  publish();
  if (webcast::is_on_air(event_.state)) {
    log::info("event \"{}\": on air, goes on", event_.plan.slug);
    open_take(false);
  }
  if (webcast::has_public_page(event_) && event_.state != webcast::EventState::kArchived) {
    room_.when_loaded([](const Status&) {});
  }
}

// --- Steps ---------------------------------------------------------------------------------------

void EventRuntime::take_step(Step step, Reply<webcast::Event> reply) {
  if (steps_.size() >= kMostSteps) {
    reply(fail(unavailable("the database does not answer; try again soon")));
    return;
  }
  steps_.push_back({std::move(step), std::move(reply)});
  next_step();
}

void EventRuntime::next_step() {
  while (!is_storing_ && !steps_.empty()) {
    const Waiting waiting = std::move(steps_.front());
    steps_.pop_front();
    auto next = waiting.step(event_);
    Status allowed;
    if (next) {
      allowed = surroundings_.check(*next);
    }
    if (!next || !allowed) {
      Error error = next ? std::move(allowed).error() : std::move(next).error();
      waiting.reply(fail(std::move(error).in(fmt::format("event \"{}\"", event_.plan.slug))));
      continue;
    }
    if (*next == event_) {
      waiting.reply(event_);
      continue;
    }
    is_storing_ = true;
    store_.save_event(
        *next, home_.reply<void>([this, event = *next, reply = waiting.reply](
                                     const Status& status) { stored(event, reply, status); }));
  }
}

void EventRuntime::stored(webcast::Event next, const Reply<webcast::Event>& reply,
                          const Status& status) {
  is_storing_ = false;
  if (!status) {
    log::write(status.error());
    reply(fail(status.error()));
  } else {
    const webcast::Event before = std::exchange(event_, std::move(next));
    act(before);
    reply(event_);
    surroundings_.changed();
  }
  next_step();
}

void EventRuntime::run_automatic(const webcast::AutomaticRules& rules) {
  const SteadyTime now = parts_.clock.steady();
  if (is_storing_ || !steps_.empty() || now < next_automatic_) {
    return;
  }
  const WallTime wall = parts_.clock.wall();
  const auto due = webcast::next_automatic(event_, surroundings_.presence(event_), wall, rules);
  if (!due || due->due > wall) {
    return;
  }
  take_step([command = due->command,
             wall](const webcast::Event& event) { return webcast::apply(event, command, wall); },
            [this](const Result<webcast::Event>& outcome) {
              if (!outcome) {
                log::write(outcome.error());
                next_automatic_ = parts_.clock.steady() + kAutomaticAgain;
              }
            });
}

// --- What a step means ---------------------------------------------------------------------------

void EventRuntime::act(const webcast::Event& before) {
  const bool was_on_air = webcast::is_on_air(before.state);
  const bool is_on_air = webcast::is_on_air(event_.state);
  if (before.state != event_.state) {
    log::info("event \"{}\": {}", event_.plan.slug, webcast::to_string(event_.state));
  }
  if (is_on_air && !was_on_air) {
    open_take(!before.started_at.has_value());
  } else if (!is_on_air && was_on_air) {
    end_take();
  } else if (take_ && before.state != event_.state) {
    if (event_.state == webcast::EventState::kPaused) {
      take_->pause();
    } else {
      take_->unpause();
    }
  }
  if (before.state != event_.state && is_told(event_.state)) {
    room_.append_state(event_.state);
  } else if (room_.is_loaded()) {
    room_.publish();
  }
  publish();
  tell_console("state");
}

std::unique_ptr<Take> EventRuntime::make_take() {
  TakeEvents events;
  const std::string stage_id = event_.plan.stage;
  const auto on_stage = [this, stage_id](const std::function<void(Stage&)>& action) {
    if (Stage* stage = surroundings_.stage(stage_id); stage != nullptr) {
      action(*stage);
    }
  };
  events.tracks = [on_stage](const std::vector<pipeline::TrackInfo>& tracks) {
    on_stage([&tracks](Stage& stage) {
      stage.feed().freeze(tracks);
      stage.feed().cut();
    });
  };
  events.wants_cut = [on_stage] { on_stage([](Stage& stage) { stage.feed().cut(); }); };
  events.bad_feed = [on_stage](const std::string& why) {
    on_stage([&why](Stage& stage) { stage.feed().replace_worker(why); });
  };
  events.source = [this](bool /*is_feed*/) { tell_console("source"); };
  events.on_channel = [this] { publish(); };
  events.recording_health = [this](const Status& status) {
    tell_console(status ? "recording_ok" : "recording_failed");
  };
  TakeParts parts = parts_;
  parts.timing = parts_.timing.with_part(parts_.timing.part_of(event_.plan.latency));
  return std::make_unique<Take>(parts, TakeAddress{event_.id, event_.take_folder},
                                event_.take_address, event_.plan.title, std::move(events));
}

void EventRuntime::open_take(bool is_new) {
  for (const auto& closing : closing_) {
    closing->leave_channel();
  }
  take_ = make_take();
  Stage* stage = surroundings_.stage(event_.plan.stage);
  std::vector<pipeline::TrackInfo> tracks;
  bool has_feed = false;
  if (stage != nullptr) {
    stage->set_take(take_.get());
    stage->feed().set_part(parts_.timing.part_of(event_.plan.latency));
    has_feed = stage->feed().has_feed();
    // Of a feed that is there, its own; else those of the stage's last one.
    if (stage->feed().is_running() || !has_feed) {
      tracks = stage->feed().last_tracks();
    }
  }
  const bool is_paused = event_.state == webcast::EventState::kPaused;
  if (is_paused) {
    take_->pause();
  }
  if (is_new) {
    take_->begin(std::move(tracks), has_feed && !is_paused);
  } else {
    take_->resume(has_feed && !is_paused);
  }
}

void EventRuntime::end_take() {
  if (!take_) {
    return;
  }
  if (Stage* stage = surroundings_.stage(event_.plan.stage);
      stage != nullptr && stage->take() == take_.get()) {
    stage->set_take(nullptr);
  }
  Take* ended = take_.get();
  closing_.push_back(std::move(take_));
  ended->finish([this, ended] {
    closing_.erase(std::find_if(closing_.begin(), closing_.end(),
                                [ended](const auto& take) { return take.get() == ended; }));
    publish();
  });
}

void EventRuntime::suspend(std::function<void()> done) {
  if (!take_) {
    done();
    return;
  }
  if (Stage* stage = surroundings_.stage(event_.plan.stage); stage != nullptr) {
    stage->set_take(nullptr);
  }
  take_->suspend(std::move(done));
}

// --- What others see -----------------------------------------------------------------------------

std::optional<std::int64_t> EventRuntime::media_ms() const {
  return take_ ? take_->media_ms() : std::nullopt;
}

void EventRuntime::set_viewers(std::uint64_t viewers) {
  if (viewers == viewers_) {
    return;
  }
  viewers_ = viewers;
  tell_console("presence");
  if (room_.is_loaded()) {
    room_.publish();
  }
}

void EventRuntime::feed_changed() {
  publish();
  tell_console("feed");
}

void EventRuntime::publish() {
  auto view = std::make_shared<EventView>();
  view->event = event_;
  view->has_feed = surroundings_.presence(event_).is_connected;
  const auto is_served = [](const auto& take) { return take->is_on_channel(); };
  view->is_on_channel =
      (take_ && take_->is_on_channel()) || std::any_of(closing_.begin(), closing_.end(), is_served);
  parts_.publisher.publish_event(std::move(view));
}

void EventRuntime::tell_console(const std::string& type) {
  const nlohmann::json json = {{"type", type},
                               {"state", webcast::to_string(event_.state)},
                               {"has_feed", surroundings_.presence(event_).is_connected},
                               {"shows_feed", take_ && take_->shows_feed()},
                               {"viewers", viewers_},
                               {"at", format_rfc3339(parts_.clock.wall())}};
  parts_.publisher.publish_console("event/" + event_.id, json.dump());
}

void EventRuntime::advance() {
  if (take_) {
    take_->advance();
  }
  room_.advance();
}

}  // namespace estrad::live
