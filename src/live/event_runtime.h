#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/reply.h"
#include "live/home.h"
#include "live/ports.h"
#include "live/room.h"
#include "live/stage.h"
#include "live/take.h"
#include "webcast/state_machine.h"

namespace estrad::live {

/// One event as it runs: its state, its take while it is on air, its questions and log. Every step
/// is stored before it is acted on; steps are carried out one after the other. Lives on the live
/// loop.
class EventRuntime {
 public:
  /// What the event asks of those around it.
  struct Surroundings {
    /// The stage of that id as it runs; nullptr when there is none.
    std::function<Stage*(const std::string& id)> stage;
    /// Feed presence as far as it serves this event.
    std::function<webcast::FeedPresence(const webcast::Event&)> presence;
    /// Conflict when this next state of the event cannot be, because of another event.
    std::function<Status(const webcast::Event& next)> check;
    /// The event has changed.
    std::function<void()> changed;
  };
  EventRuntime(webcast::Event event, const TakeParts& parts, EventStore& store,
               Surroundings surroundings);

  [[nodiscard]] const webcast::Event& event() const { return event_; }
  [[nodiscard]] Room& room() { return room_; }
  [[nodiscard]] bool has_take() const { return take_ != nullptr; }

  /// Publishes a new event, or one from before a restart: when it is on air it goes on.
  void restore();
  /// Asks `step` for the next state when all earlier steps are done, stores it, acts on it and
  /// answers.
  using Step = std::function<Result<webcast::Event>(const webcast::Event&)>;
  void take_step(Step step, Reply<webcast::Event> reply);
  /// Gives the commands that are due by themselves.
  void run_automatic(const webcast::AutomaticRules& rules);

  void set_viewers(std::uint64_t viewers);
  [[nodiscard]] std::optional<std::int64_t> media_ms() const;
  /// The feed of its stage came or went.
  void feed_changed();
  /// Publishes the event as it is.
  void publish();
  /// Paces the take and closes log pages. Call often.
  void advance();
  /// The server stops.
  void suspend(std::function<void()> done);

 private:
  struct Waiting {
    Step step;
    Reply<webcast::Event> reply;
  };
  void next_step();
  void stored(webcast::Event next, const Reply<webcast::Event>& reply, const Status& status);
  void act(const webcast::Event& before);
  void open_take(bool is_new);
  void end_take();
  [[nodiscard]] std::unique_ptr<Take> make_take();
  void tell_console(const std::string& type);

  // set once
  TakeParts parts_;
  EventStore& store_;
  Surroundings surroundings_;

  // live loop only
  webcast::Event event_;
  std::deque<Waiting> steps_;
  bool is_storing_ = false;
  SteadyTime next_automatic_{};
  std::uint64_t viewers_ = 0;
  std::unique_ptr<Take> take_;
  /// Takes that have ended and wait for their recording to be closed.
  std::deque<std::unique_ptr<Take>> closing_;
  Room room_;
  Home home_;
};

}  // namespace estrad::live
