#include "webcast/state_machine.h"

#include <algorithm>

#include <spdlog/fmt/fmt.h>

#include "base/ids.h"
#include "webcast/names.h"
#include "webcast/plain_text.h"

namespace estrad::webcast {
namespace {

using enum EventState;

struct Move {
  EventState from;
  Command command;
  EventState to;
};

/// The whole table. `settle` leads on to what the plan says (see `settled_state`).
constexpr std::array kMoves = {
    Move{kDraft, Command::kPublish, kPlanned},
    Move{kPlanned, Command::kOpenLobby, kLobby},
    Move{kPlanned, Command::kStart, kLive},
    Move{kPlanned, Command::kCancel, kCancelled},
    Move{kLobby, Command::kStart, kLive},
    Move{kLobby, Command::kCancel, kCancelled},
    Move{kLive, Command::kPause, kPaused},
    Move{kLive, Command::kStop, kEnded},
    Move{kPaused, Command::kResume, kLive},
    Move{kPaused, Command::kStop, kEnded},
    Move{kEnded, Command::kSettle, kReview},
    Move{kEnded, Command::kReopen, kLive},
    Move{kReview, Command::kPublish, kPublished},
    Move{kReview, Command::kWithdraw, kWithdrawn},
    Move{kReview, Command::kReopen, kLive},
    Move{kPublished, Command::kWithdraw, kWithdrawn},
    Move{kPublished, Command::kReopen, kLive},
    Move{kPublished, Command::kArchive, kArchived},
    Move{kWithdrawn, Command::kPublish, kPublished},
    Move{kWithdrawn, Command::kArchive, kArchived},
    Move{kCancelled, Command::kReinstate, kPlanned},
};

const Move* find_move(EventState from, Command command) {
  const auto* move = std::find_if(kMoves.begin(), kMoves.end(), [&](const Move& candidate) {
    return candidate.from == from && candidate.command == command;
  });
  return move == kMoves.end() ? nullptr : move;
}

bool is_for_staff(Command command) {
  return command != Command::kSettle && command != Command::kArchive;
}

Error refusal(EventState state, Command command) {
  std::vector<std::string> names;
  for (const Command allowed : allowed_commands(state)) {
    names.emplace_back(to_string(allowed));
  }
  return conflict(fmt::format(
      "the event is {}, which does not allow {}; {}", to_string(state), to_string(command),
      names.empty() ? std::string("nothing can be ordered now")
                    : "allowed: " + fmt::format("{}", fmt::join(names, ", "))));
}

/// Where an ended event goes at once. Automatic publishing waits in review for a `publish_at` that
/// is still to come, and keeps to a `withdraw_at` that has passed.
EventState settled_state(const EventPlan& plan, WallTime now) {
  if (plan.publish == PublishMode::kReview || (plan.publish_at && *plan.publish_at > now)) {
    return kReview;
  }
  return plan.withdraw_at && *plan.withdraw_at <= now ? kWithdrawn : kPublished;
}

void name_take(Event& event) {
  if (event.take_folder.empty()) {
    event.take_folder = random_id(16);
    event.take_address = random_id(26);
  }
}

}  // namespace

std::string_view to_string(Command command) {
  switch (command) {
    case Command::kPublish:
      return "publish";
    case Command::kOpenLobby:
      return "lobby";
    case Command::kStart:
      return "start";
    case Command::kPause:
      return "pause";
    case Command::kResume:
      return "resume";
    case Command::kStop:
      return "stop";
    case Command::kReopen:
      return "reopen";
    case Command::kWithdraw:
      return "withdraw";
    case Command::kCancel:
      return "cancel";
    case Command::kReinstate:
      return "reinstate";
    case Command::kSettle:
      return "settle";
    case Command::kArchive:
      return "archive";
  }
  return "";
}

std::optional<Command> parse_command(std::string_view name) {
  const auto command = find_by_name(kCommands, name);
  return command && is_for_staff(*command) ? command : std::nullopt;
}

std::vector<Command> allowed_commands(EventState state) {
  std::vector<Command> allowed;
  for (const Command command : kCommands) {
    if (is_for_staff(command) && find_move(state, command) != nullptr) {
      allowed.push_back(command);
    }
  }
  return allowed;
}

Result<Event> apply(Event event, Command command, WallTime now, std::string_view message) {
  const Move* move = find_move(event.state, command);
  if (move == nullptr) {
    return fail(refusal(event.state, command));
  }
  const bool goes_live = move->to == kLive && command != Command::kResume;
  if (goes_live && event.plan.stage.empty()) {
    auto error = conflict("the event has no stage to take a feed from");
    error.field = "stage";
    return fail(std::move(error));
  }
  if (command == Command::kCancel) {
    auto text = plain_block("message", message, {0, 2'000});
    if (!text) {
      return fail(std::move(text).error());
    }
    event.cancel_message = std::move(*text);
  }
  if (command == Command::kReinstate) {
    event.cancel_message.clear();
  }
  event.state = command == Command::kSettle ? settled_state(event.plan, now) : move->to;
  event.state_since = now;
  ++event.version;
  if (goes_live) {
    name_take(event);
    event.started_at = event.started_at.value_or(now);
    event.ended_at.reset();
  }
  if (event.state == kEnded) {
    event.ended_at = now;
  }
  if (event.state == kWithdrawn && !event.take_address.empty()) {
    event.take_address = random_id(26);
  }
  return event;
}

MediaAccess media_access(const Event& event) {
  const auto everyone =
      event.plan.access == Access::kSeats ? MediaAccess::kSeatHolders : MediaAccess::kEveryone;
  switch (event.state) {
    case kDraft:
    case kPlanned:
    case kLobby:
    case kCancelled:
      return MediaAccess::kNobodyYet;
    case kLive:
    case kPaused:
    case kPublished:
      return everyone;
    case kEnded:
      return event.plan.publish == PublishMode::kAuto && !event.plan.publish_at &&
                     !event.plan.withdraw_at
                 ? everyone
                 : MediaAccess::kStaffOnly;
    case kReview:
    case kWithdrawn:
    case kArchived:
      return MediaAccess::kStaffOnly;
  }
  return MediaAccess::kStaffOnly;
}

}  // namespace estrad::webcast
