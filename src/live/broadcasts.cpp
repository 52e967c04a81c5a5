#include "live/broadcasts.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "live/event_runtime.h"
#include "live/stage.h"
#include "live/worker_process.h"
#include "webcast/stage_choice.h"

namespace estrad::live {
namespace {

constexpr milliseconds kLook{1'000};

Timing timing_of(const BroadcastOptions& options) {
  Timing timing;
  timing.segment = options.segment;
  timing.part = options.part;
  timing.window = options.window;
  return timing;
}

std::unique_ptr<WorkerStarter> make_processes(const glib::EventLoop& loop,
                                              const BroadcastOptions& options) {
  WorkerProcesses::Options processes;
  processes.command = options.worker_command;
  processes.ladder = options.ladder;
  processes.segment = options.segment;
  return std::make_unique<WorkerProcesses>(loop, std::move(processes));
}

Error no_event(const std::string& event_id) {
  return not_found("event \"" + event_id + "\": there is none");
}

}  // namespace

Broadcasts::Broadcasts(glib::EventLoop& loop, const Clock& clock, BroadcastOptions options,
                       EventStore& store, Recording& recording, Publisher& publisher)
    : Broadcasts(loop, clock, options, store, recording, publisher, make_processes(loop, options)) {
}

Broadcasts::Broadcasts(glib::EventLoop& loop, const Clock& clock, BroadcastOptions options,
                       EventStore& store, Recording& recording, Publisher& publisher,
                       std::unique_ptr<WorkerStarter> starter)
    : loop_(loop),
      clock_(clock),
      options_(std::move(options)),
      store_(store),
      publisher_(publisher),
      starter_(std::move(starter)),
      parts_(new TakeParts{loop, clock, *starter_, recording, publisher, timing_of(options_)}),
      timer_(loop),
      home_(loop) {
  timer_.start_repeating(options_.tick, [this] { advance(); });
}

Broadcasts::~Broadcasts() {
  loop_.assert_current();
}

void Broadcasts::restore(std::vector<webcast::Stage> stages, std::vector<webcast::Event> events) {
  for (webcast::Stage& stage : stages) {
    put_stage(std::move(stage));
  }
  for (webcast::Event& event : events) {
    add_event(std::move(event));
  }
  for (const auto& [id, event] : events_) {
    event->restore();
  }
  look_at_events();
}

void Broadcasts::shut_down(std::function<void()> done) {
  loop_.assert_current();
  is_shut_down_ = true;
  timer_.stop();
  stages_.clear();  // ends the workers
  const auto open = std::make_shared<std::size_t>(1);
  const auto closed = [open, done = std::move(done)] {
    if (--*open == 0) {
      done();
    }
  };
  for (const auto& [id, event] : events_) {
    ++*open;
    event->suspend(closed);
  }
  closed();
}

// --- Feeds and stages ----------------------------------------------------------------------------

Stage* Broadcasts::stage_of(FeedId id) {
  const auto feed = feeds_.find(id);
  const auto stage = feed == feeds_.end() ? stages_.end() : stages_.find(feed->second);
  return stage == stages_.end() ? nullptr : stage->second.get();
}

Status Broadcasts::admit_feed(const std::string& stage) const {
  loop_.assert_current();
  std::vector<std::optional<double>> cores;
  for (const auto& [id, running] : stages_) {
    if (running->feed().has_feed()) {
      if (id == stage) {
        return {};
      }
      cores.push_back(running->feed().cores());
    }
  }
  return admit(cores, options_.capacity);
}

void Broadcasts::feed_started(const FeedStart& feed) {
  loop_.assert_current();
  if (const auto stage = stages_.find(feed.stage); stage != stages_.end()) {
    feeds_[feed.id] = feed.stage;
    stage->second->feed().feed_started(feed);
  }
}

void Broadcasts::feed_headers(FeedId id, SharedBytes headers) {
  if (Stage* stage = stage_of(id); stage != nullptr) {
    stage->feed().feed_headers(id, std::move(headers));
  }
}

void Broadcasts::feed_data(FeedId id, FeedChunk chunk) {
  if (Stage* stage = stage_of(id); stage != nullptr) {
    stage->feed().feed_data(id, chunk);
  }
}

void Broadcasts::feed_ended(FeedId id, const std::string& reason) {
  log::info("feed {}: {}", id, reason);
  if (Stage* stage = stage_of(id); stage != nullptr) {
    stage->feed().feed_ended(id);
  }
  feeds_.erase(id);
}

void Broadcasts::put_stage(webcast::Stage stage) {
  loop_.assert_current();
  const std::string id = stage.id;
  if (const auto found = stages_.find(id); found != stages_.end()) {
    found->second->set_info(std::move(stage));
    return;
  }
  stages_[id] =
      std::make_unique<Stage>(std::move(stage), *parts_, [this, id] { feed_presence_changed(id); });
}

void Broadcasts::remove_stage(std::string stage_id, Reply<void> reply) {
  const auto found = stages_.find(stage_id);
  if (found == stages_.end()) {
    reply(fail(not_found("stage \"" + stage_id + "\": there is none")));
    return;
  }
  if (found->second->take() != nullptr) {
    reply(fail(conflict("stage \"" + stage_id + "\": an event is on air on it")));
    return;
  }
  stages_.erase(found);
  publisher_.close_channel("preview-" + stage_id);
  reply({});
}

void Broadcasts::stage_signal(std::string stage_id, Reply<std::string> reply) {
  const auto found = stages_.find(stage_id);
  if (found == stages_.end()) {
    reply(fail(not_found("stage \"" + stage_id + "\": there is none")));
    return;
  }
  reply(found->second->signal_json());
}

void Broadcasts::feed_presence_changed(const std::string& stage) {
  look_at_events();
  for (const auto& [id, event] : events_) {
    if (event->event().plan.stage == stage) {
      event->feed_changed();
    }
  }
}

// --- Events --------------------------------------------------------------------------------------

EventRuntime* Broadcasts::find(const std::string& event_id) {
  loop_.assert_current();
  const auto found = events_.find(event_id);
  return found == events_.end() ? nullptr : found->second.get();
}

void Broadcasts::add_event(webcast::Event event) {
  EventRuntime::Surroundings surroundings;
  surroundings.stage = [this](const std::string& id) {
    const auto found = stages_.find(id);
    return found == stages_.end() ? nullptr : found->second.get();
  };
  surroundings.presence = [this](const webcast::Event& of) { return presence(of); };
  surroundings.check = [this](const webcast::Event& next) { return check(next); };
  surroundings.changed = [this] { look_at_events(); };
  const std::string id = event.id;
  events_[id] =
      std::make_unique<EventRuntime>(std::move(event), *parts_, store_, std::move(surroundings));
}

std::vector<webcast::Event> Broadcasts::events_on(const std::string& stage) const {
  std::vector<webcast::Event> events;
  for (const auto& [id, event] : events_) {
    const webcast::EventState state = event->event().state;
    const bool is_ahead =
        state == webcast::EventState::kPlanned || state == webcast::EventState::kLobby;
    if (event->event().plan.stage == stage && (is_ahead || webcast::is_on_air(state))) {
      events.push_back(event->event());
    }
  }
  return events;
}

webcast::FeedPresence Broadcasts::presence(const webcast::Event& event) {
  const auto found = stages_.find(event.plan.stage);
  if (found == stages_.end()) {
    return {};
  }
  webcast::FeedPresence presence;
  presence.since = found->second->feed().since();
  if (found->second->feed().has_feed()) {
    presence.is_connected = webcast::event_on_stage(events_on(event.plan.stage), event.plan.stage,
                                                    clock_.wall()) == event.id;
  }
  return presence;
}

Status Broadcasts::check(const webcast::Event& next) const {
  if (!webcast::is_on_air(next.state)) {
    return {};
  }
  if (is_shut_down_) {
    return fail(unavailable("the server stops"));
  }
  return webcast::check_stage_is_free(events_on(next.plan.stage), next);
}

void Broadcasts::look_at_events() {
  if (is_shut_down_) {
    return;
  }
  next_look_ = clock_.steady() + kLook;
  for (const auto& [id, event] : events_) {
    event->run_automatic(options_.rules);
  }
  for (const auto& [id, stage] : stages_) {
    stage->feed().set_part(part_on(id));
  }
}

milliseconds Broadcasts::part_on(const std::string& stage) const {
  const auto events = events_on(stage);
  const auto next = webcast::next_on_stage(events);
  return parts_->timing.part_of(next ? next->plan.latency : webcast::Latency::kBalanced);
}

void Broadcasts::advance() {
  loop_.assert_current();
  if (clock_.steady() >= next_look_) {
    look_at_events();
  }
  for (const auto& [id, stage] : stages_) {
    stage->advance();
  }
  for (const auto& [id, event] : events_) {
    event->advance();
  }
}

void Broadcasts::create_event(webcast::EventPlan plan, webcast::EventState state,
                              Reply<webcast::Event> reply) {
  auto valid = webcast::validated(std::move(plan));
  if (!valid) {
    reply(fail(std::move(valid).error()));
    return;
  }
  webcast::Event event = webcast::make_event(std::move(*valid), state, clock_.wall());
  store_.save_event(event,
                    home_.reply<void>([this, event, reply = std::move(reply)](const Status& saved) {
                      if (!saved) {
                        reply(fail(saved.error()));
                        return;
                      }
                      add_event(event);
                      find(event.id)->restore();
                      reply(event);
                      look_at_events();
                    }));
}

void Broadcasts::revise_event(std::string event_id, PlanEdit edit, Reply<webcast::Event> reply) {
  EventRuntime* runtime = find(event_id);
  if (runtime == nullptr) {
    reply(fail(no_event(event_id)));
    return;
  }
  runtime->take_step(
      [edit = std::move(edit)](const webcast::Event& event) -> Result<webcast::Event> {
        auto plan = edit(event.plan);
        if (!plan) {
          return fail(std::move(plan).error());
        }
        return webcast::revised(event, std::move(*plan));
      },
      std::move(reply));
}

void Broadcasts::moderate_event(std::string event_id, ModerationEdit edit,
                                Reply<webcast::Event> reply) {
  EventRuntime* runtime = find(event_id);
  if (runtime == nullptr) {
    reply(fail(no_event(event_id)));
    return;
  }
  runtime->take_step(
      [edit = std::move(edit)](const webcast::Event& event) -> Result<webcast::Event> {
        auto wanted = edit(event);
        if (!wanted) {
          return fail(std::move(wanted).error());
        }
        return webcast::moderated(event, wanted->first, wanted->second);
      },
      std::move(reply));
}

void Broadcasts::command(std::string event_id, webcast::Command command, std::string message,
                         Reply<webcast::Event> reply) {
  EventRuntime* runtime = find(event_id);
  if (runtime == nullptr) {
    reply(fail(no_event(event_id)));
    return;
  }
  runtime->take_step(
      [command, message = std::move(message), this](const webcast::Event& event) {
        return webcast::apply(event, command, clock_.wall(), message);
      },
      std::move(reply));
}

void Broadcasts::delete_event(std::string event_id, Reply<void> reply) {
  EventRuntime* runtime = find(event_id);
  if (runtime == nullptr) {
    reply(fail(no_event(event_id)));
    return;
  }
  if (webcast::is_on_air(runtime->event().state)) {
    reply(
        fail(conflict("event \"" + runtime->event().plan.slug + "\": it is on air; end it first")));
    return;
  }
  store_.delete_event(
      event_id,
      home_.reply<void>([this, event_id, reply = std::move(reply)](const Status& deleted) {
        if (deleted) {
          events_.erase(event_id);
          publisher_.remove_event(event_id);
        }
        reply(deleted);
      }));
}

void Broadcasts::find_event(std::string event_id, Reply<webcast::Event> reply) {
  EventRuntime* runtime = find(event_id);
  if (runtime == nullptr) {
    reply(fail(no_event(event_id)));
    return;
  }
  reply(runtime->event());
}

void Broadcasts::set_viewers(const std::string& event_id, std::uint64_t viewers) {
  if (EventRuntime* runtime = find(event_id); runtime != nullptr) {
    runtime->set_viewers(viewers);
  }
}

}  // namespace estrad::live
