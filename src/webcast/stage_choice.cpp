#include "webcast/stage_choice.h"

#include <algorithm>
#include <tuple>

#include <spdlog/fmt/fmt.h>

namespace estrad::webcast {
namespace {

constexpr std::chrono::minutes kWindowBefore{30};

bool has_closed(const StartWindow& window, WallTime now) {
  return window.closes && now >= *window.closes;
}

/// May be started by a feed, now or when staff wish so: in the lobby, or its window is open.
bool is_next_in_line(const Event& event, WallTime now) {
  const auto window = start_window(event.plan);
  return event.plan.start == StartMode::kOnFeed &&
         ((event.state == EventState::kLobby && !has_closed(window, now)) ||
          (event.state == EventState::kPlanned && window.is_open(now)));
}

/// On air first, then the lobby, then by start; events without times come last.
auto rank(const Event& event) {
  const int by_state = is_on_air(event.state) ? 0 : event.state == EventState::kLobby ? 1 : 2;
  return std::tuple(by_state, event.plan.starts_at.value_or(WallTime::max()), event.id);
}

}  // namespace

bool StartWindow::is_open(WallTime now) const {
  return (!opens || now >= *opens) && !has_closed(*this, now);
}

StartWindow start_window(const EventPlan& plan) {
  StartWindow window;
  if (plan.starts_at) {
    window.opens = *plan.starts_at - kWindowBefore;
  }
  window.closes = plan.ends_at;
  return window;
}

std::optional<std::string> event_on_stage(const std::vector<Event>& events, std::string_view stage,
                                          WallTime now) {
  const Event* chosen = nullptr;
  for (const Event& event : events) {
    if (event.plan.stage == stage && (is_on_air(event.state) || is_next_in_line(event, now)) &&
        (chosen == nullptr || rank(event) < rank(*chosen))) {
      chosen = &event;
    }
  }
  return chosen == nullptr ? std::nullopt : std::optional(chosen->id);
}

std::optional<Event> next_on_stage(const std::vector<Event>& events) {
  const auto first =
      std::min_element(events.begin(), events.end(),
                       [](const Event& a, const Event& b) { return rank(a) < rank(b); });
  return first == events.end() ? std::nullopt : std::optional(*first);
}

Status check_stage_is_free(const std::vector<Event>& events, const Event& event) {
  for (const Event& other : events) {
    if (other.id != event.id && other.plan.stage == event.plan.stage && is_on_air(other.state)) {
      return fail(conflict(fmt::format("stage \"{}\" is on air with event \"{}\"; end that first",
                                       event.plan.stage, other.plan.slug)));
    }
  }
  return {};
}

}  // namespace estrad::webcast
