#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/reply.h"
#include "glib/event_loop.h"
#include "live/admission.h"
#include "live/feed_input.h"
#include "live/home.h"
#include "live/ports.h"
#include "live/worker.h"
#include "webcast/event.h"
#include "webcast/question_box.h"
#include "webcast/stage.h"
#include "webcast/state_machine.h"

namespace estrad::live {

class EventRuntime;
class Stage;
struct TakeParts;

struct BroadcastOptions {
  /// How a pipeline worker is started, without its options: `/proc/self/exe pipeline`.
  std::vector<std::string> worker_command;
  /// `pipelines/standard.json`
  std::filesystem::path ladder;
  milliseconds segment{2000};
  milliseconds part{500};
  /// What live playlists list; zero: the whole event.
  milliseconds window{0};
  webcast::AutomaticRules rules;
  Capacity capacity;
  /// How often the clock is looked at; well below a part, since it paces the slate.
  milliseconds tick{40};
};

/// What became of a question that a viewer sent in.
struct AskAnswer {
  /// Taken. Otherwise the sender has to wait (HTTP 429 with Retry-After).
  std::optional<webcast::Asked> asked;
  milliseconds wait{0};
};

/// All stages and events as they run: the one writer of event states, questions and public logs.
///
/// Made, used and destroyed on the live loop (use `glib::EventLoop::post` to reach it). Every step
/// is decided by webcast/, stored through EventStore, and only then acted on and published; a step
/// that cannot be stored has not happened, and its reply says why. Replies come on the live loop.
/// Commands on one event are carried out one after the other.
class Broadcasts {
 public:
  Broadcasts(glib::EventLoop& loop, const Clock& clock, BroadcastOptions options, EventStore& store,
             Recording& recording, Publisher& publisher);
  /// With workers of another kind than child processes.
  Broadcasts(glib::EventLoop& loop, const Clock& clock, BroadcastOptions options, EventStore& store,
             Recording& recording, Publisher& publisher, std::unique_ptr<WorkerStarter> starter);
  ~Broadcasts();
  Broadcasts(const Broadcasts&) = delete;
  Broadcasts& operator=(const Broadcasts&) = delete;

  /// What the store holds; before anything else. Events that were on air go on: their takes are
  /// resumed, and show the slate until the presenter is back.
  void restore(std::vector<webcast::Stage> stages, std::vector<webcast::Event> events);
  /// Closes recordings and ends the workers; events keep their states, so that a restart goes on
  /// with them. `done` is called once, on the live loop; then this object may be destroyed.
  void shut_down(std::function<void()> done);

  // --- feeds; unknown ids and stages are ignored
  /// May a feed begin on that stage? Conflict, with a sentence for the presenter, when those on air
  /// would suffer. A stage that has a feed already may have another.
  [[nodiscard]] Status admit_feed(const std::string& stage) const;
  void feed_started(const FeedStart& feed);
  void feed_headers(FeedId id, SharedBytes headers);
  void feed_data(FeedId id, FeedChunk chunk);
  void feed_ended(FeedId id, const std::string& reason);

  // --- stages; stored by the caller already
  void put_stage(webcast::Stage stage);
  /// Conflict while an event is on air on it.
  void remove_stage(std::string stage_id, Reply<void> reply);
  /// What the studio shows of a stage: `{"connected","protocol","encoder","codecs",…,"warnings",
  /// "since"}`; NotFound for an unknown stage.
  void stage_signal(std::string stage_id, Reply<std::string> reply);

  // --- events, by their id
  /// `state` is planned or draft.
  void create_event(webcast::EventPlan plan, webcast::EventState state,
                    Reply<webcast::Event> reply);
  /// Gives the present plan to `edit` and stores what comes back.
  using PlanEdit = std::function<Result<webcast::EventPlan>(const webcast::EventPlan&)>;
  void revise_event(std::string event_id, PlanEdit edit, Reply<webcast::Event> reply);
  using ModerationEdit =
      std::function<Result<std::pair<webcast::QuestionMode, webcast::Moderation>>(
          const webcast::Event&)>;
  void moderate_event(std::string event_id, ModerationEdit edit, Reply<webcast::Event> reply);
  /// `message` is what a cancelled event's link says. The reply comes when the step is stored and
  /// acted on; Go live does not wait for the first picture.
  void command(std::string event_id, webcast::Command command, std::string message,
               Reply<webcast::Event> reply);
  /// Conflict while it is on air.
  void delete_event(std::string event_id, Reply<void> reply);
  void find_event(std::string event_id, Reply<webcast::Event> reply);
  /// How many watch now; web's count.
  void set_viewers(const std::string& event_id, std::uint64_t viewers);

  // --- questions
  /// `asking.media_ms` is filled in here.
  void ask(std::string event_id, webcast::Asking asking, Reply<AskAnswer> reply);
  void own_question(std::string event_id, std::string question_id, std::string secret,
                    Reply<webcast::Question> reply);
  void withdraw_question(std::string event_id, std::string question_id, std::string secret,
                         Reply<webcast::Question> reply);
  void change_question(std::string event_id, std::string question_id,
                       webcast::QuestionChange change, Reply<webcast::Question> reply);
  void list_questions(std::string event_id, std::optional<webcast::QuestionState> state,
                      Reply<std::vector<webcast::Question>> reply);
  /// Body of `log.json`.
  void log_replay(std::string event_id, Reply<SharedBytes> reply);

  /// Looks at the clock and does what is due. A timer calls it; so do tests that move the clock.
  void advance();

 private:
  void add_event(webcast::Event event);
  [[nodiscard]] EventRuntime* find(const std::string& event_id);
  /// Runs `task` when the event's room is loaded; answers `reply` with the error otherwise.
  template <typename T>
  void in_room(const std::string& event_id, const Reply<T>& reply,
               std::function<void(EventRuntime&)> task);
  [[nodiscard]] Stage* stage_of(FeedId id);
  [[nodiscard]] webcast::FeedPresence presence(const webcast::Event& event);
  [[nodiscard]] Status check(const webcast::Event& next) const;
  [[nodiscard]] std::vector<webcast::Event> events_on(const std::string& stage) const;
  void feed_presence_changed(const std::string& stage);
  void look_at_events();
  /// The length of parts for the event that is on the stage or will probably be next.
  [[nodiscard]] milliseconds part_on(const std::string& stage) const;

  // set once
  glib::EventLoop& loop_;
  const Clock& clock_;
  BroadcastOptions options_;
  EventStore& store_;
  Publisher& publisher_;
  std::unique_ptr<WorkerStarter> starter_;
  std::unique_ptr<TakeParts> parts_;

  // live loop only
  std::map<std::string, std::unique_ptr<EventRuntime>> events_;
  /// Destroyed before the events: their workers' last words go to takes.
  std::map<std::string, std::unique_ptr<Stage>> stages_;
  std::map<FeedId, std::string> feeds_;
  SteadyTime next_look_{};
  bool is_shut_down_ = false;
  glib::Timer timer_;
  Home home_;
};

}  // namespace estrad::live
