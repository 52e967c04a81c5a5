#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace estrad::webcast {

/// Where an event stands; the moves between are in state_machine.h.
enum class EventState {
  kDraft,      ///< Known to staff only.
  kPlanned,    ///< The link answers with the programme.
  kLobby,      ///< About to begin.
  kLive,       ///< On air, with or without a feed.
  kPaused,     ///< On air with the slate; nothing of the feed is sent or recorded.
  kEnded,      ///< For an instant, until it settles as published or in review.
  kReview,     ///< The recording waits for staff.
  kPublished,  ///< The recording is public under the same link.
  kWithdrawn,  ///< The recording is kept, but not shown.
  kCancelled,  ///< Will not happen; the link says so.
  kArchived,   ///< Retention has taken the recording away.
};

inline constexpr std::array kEventStates = {
    EventState::kDraft,     EventState::kPlanned,   EventState::kLobby,   EventState::kLive,
    EventState::kPaused,    EventState::kEnded,     EventState::kReview,  EventState::kPublished,
    EventState::kWithdrawn, EventState::kCancelled, EventState::kArchived};

/// The name in the API, the log and the database: `planned`.
[[nodiscard]] std::string_view to_string(EventState state);
[[nodiscard]] std::optional<EventState> parse_event_state(std::string_view name);

/// Live or paused: the time line runs.
[[nodiscard]] bool is_on_air(EventState state);

}  // namespace estrad::webcast
