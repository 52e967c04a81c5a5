#include "webcast/event_state.h"

#include "webcast/names.h"

namespace estrad::webcast {

std::string_view to_string(EventState state) {
  switch (state) {
    case EventState::kDraft:
      return "draft";
    case EventState::kPlanned:
      return "planned";
    case EventState::kLobby:
      return "lobby";
    case EventState::kLive:
      return "live";
    case EventState::kPaused:
      return "paused";
    case EventState::kEnded:
      return "ended";
    case EventState::kReview:
      return "review";
    case EventState::kPublished:
      return "published";
    case EventState::kWithdrawn:
      return "withdrawn";
    case EventState::kCancelled:
      return "cancelled";
    case EventState::kArchived:
      return "archived";
  }
  return "";
}

std::optional<EventState> parse_event_state(std::string_view name) {
  return find_by_name(kEventStates, name);
}

bool is_on_air(EventState state) {
  return state == EventState::kLive || state == EventState::kPaused;
}

}  // namespace estrad::webcast
