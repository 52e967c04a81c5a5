#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "webcast/event.h"

namespace estrad::webcast {

/// When a feed may start an event by itself: from 30 minutes before `starts_at` to `ends_at`; a
/// missing time leaves that side open.
struct StartWindow {
  std::optional<WallTime> opens;
  std::optional<WallTime> closes;

  [[nodiscard]] bool is_open(WallTime now) const;
};
[[nodiscard]] StartWindow start_window(const EventPlan& plan);

/// The id of the event that the stage's feed serves now, if any: the one on air; else, of those
/// that start `on_feed`, the one in the lobby, else the next whose window is open. Events of other
/// stages in `events` are ignored. Ask again whenever an event changes or a window opens.
[[nodiscard]] std::optional<std::string> event_on_stage(const std::vector<Event>& events,
                                                        std::string_view stage, WallTime now);

/// The event that is on air, else the one in the lobby, else the planned one that begins first (one
/// without a time last), however it is started: what a stage should be prepared for. `events` are
/// those of one stage.
[[nodiscard]] std::optional<Event> next_on_stage(const std::vector<Event>& events);

/// Conflict when another event is on air on the stage of `event`: one at a time.
[[nodiscard]] Status check_stage_is_free(const std::vector<Event>& events, const Event& event);

}  // namespace estrad::webcast
