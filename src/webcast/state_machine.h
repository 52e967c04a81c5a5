#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "webcast/event.h"

/// The state table of an event, whole: what staff may order, what happens by itself, and when.
/// Pure but for the random names of takes; the clock is the caller's.
namespace estrad::webcast {

enum class Command {
  kPublish,    ///< A draft's plan, or a recording.
  kOpenLobby,  ///< Staff, or `lobby_minutes` before the start.
  kStart,      ///< Go live: staff, or a feed inside the window.
  kPause,
  kResume,
  kStop,
  kReopen,  ///< Undoes a wrong End.
  kWithdraw,
  kCancel,
  kReinstate,  ///< Undoes a cancellation.
  kSettle,     ///< From ended, at once; never by staff.
  kArchive,    ///< By retention; never by staff.
};

inline constexpr std::array kCommands = {
    Command::kPublish, Command::kOpenLobby, Command::kStart,  Command::kPause,
    Command::kResume,  Command::kStop,      Command::kReopen, Command::kWithdraw,
    Command::kCancel,  Command::kReinstate, Command::kSettle, Command::kArchive};

/// The last word of its route: `POST /events/SLUG/start` (kOpenLobby: `lobby`).
[[nodiscard]] std::string_view to_string(Command command);
/// Staff's commands only: nullopt for `settle` and `archive`.
[[nodiscard]] std::optional<Command> parse_command(std::string_view name);

/// What staff may order in this state, in the order of the enum.
[[nodiscard]] std::vector<Command> allowed_commands(EventState state);

/// The event after the command. Conflict when its state does not allow it: the message says the
/// state and what is allowed. `message` is what a cancelled event's link says; it may be empty.
///
/// Go live names the take (folder and address) unless it has one; reopening keeps both; withdrawing
/// gives it a new address.
[[nodiscard]] Result<Event> apply(Event event, Command command, WallTime now,
                                  std::string_view message = {});

/// What is known about the feed of the event's stage, as far as it serves this event
/// (stage_choice.h says which event a stage serves).
struct FeedPresence {
  bool is_connected = false;
  /// When the feed came or went; the start of the server when it knows of no feed since.
  WallTime since{};
};

struct AutomaticRules {
  /// `live.end_after`; 0: only staff end a broadcast.
  milliseconds end_after = std::chrono::minutes(30);
};

/// A command that time or a feed gives.
struct Automatic {
  Command command;
  /// Not after now: give it now. Else look again then, or when the event or its feed changes.
  WallTime due;

  bool operator==(const Automatic&) const = default;
};

/// The next thing that happens by itself. After it has been applied, ask again: several can be due
/// at once (after a night's downtime, say).
///
/// A time of the plan counts only when the event was in its state before it: a recording that staff
/// publish after `withdraw_at` stays published.
[[nodiscard]] std::optional<Automatic> next_automatic(const Event& event, const FeedPresence& feed,
                                                      WallTime now,
                                                      const AutomaticRules& rules = {});

/// Who may have the event's playlists and media at this moment.
enum class MediaAccess {
  kNobodyYet,    ///< Before Go live: 404 with Retry-After, for staff too.
  kStaffOnly,    ///< Under review, withdrawn, archived: 403 for everyone else.
  kSeatHolders,  ///< 403 without a seat; staff may.
  kEveryone,
};
[[nodiscard]] MediaAccess media_access(const Event& event);

}  // namespace estrad::webcast
