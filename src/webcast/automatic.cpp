#include <algorithm>

#include "webcast/stage_choice.h"
#include "webcast/state_machine.h"

namespace estrad::webcast {
namespace {

using Step = std::optional<Automatic>;

/// The earlier of two; of two at the same time the first given.
Step earlier(const Step& a, const Step& b) {
  if (!a || !b) {
    return a ? a : b;
  }
  return b->due < a->due ? b : a;
}

/// A time of the plan, for an event that was in its state before it.
Step at_time(const std::optional<WallTime>& time, Command command, const Event& event) {
  if (!time || *time <= event.state_since) {
    return std::nullopt;
  }
  return Automatic{command, *time};
}

/// Publishing is void once the time to withdraw has passed too (after a long downtime).
Step publish_at_its_time(const Event& event, WallTime now) {
  if (event.plan.withdraw_at && *event.plan.withdraw_at <= now) {
    return std::nullopt;
  }
  return at_time(event.plan.publish_at, Command::kPublish, event);
}

Step start_by_feed(const Event& event, const FeedPresence& feed, WallTime now) {
  if (event.plan.start != StartMode::kOnFeed || !feed.is_connected || event.plan.stage.empty()) {
    return std::nullopt;
  }
  const auto window = start_window(event.plan);
  if (window.closes && now >= *window.closes) {
    return std::nullopt;
  }
  return Automatic{Command::kStart,
                   std::max(window.opens.value_or(event.state_since), event.state_since)};
}

Step lobby(const Event& event, WallTime now) {
  const auto& plan = event.plan;
  if (event.state != EventState::kPlanned || !plan.starts_at ||
      (plan.ends_at && now >= *plan.ends_at)) {
    return std::nullopt;
  }
  return Automatic{Command::kOpenLobby, *plan.starts_at - std::chrono::minutes(plan.lobby_minutes)};
}

/// No feed for `end_after`, counted only after `ends_at`. Without an `ends_at` nothing is counted:
/// a broadcast never ends by accident.
Step end_in_silence(const Event& event, const FeedPresence& feed, const AutomaticRules& rules) {
  if (feed.is_connected || !event.plan.ends_at || rules.end_after == milliseconds::zero()) {
    return std::nullopt;
  }
  const WallTime silent_since = std::max({feed.since, event.state_since, *event.plan.ends_at});
  return Automatic{Command::kStop, silent_since + rules.end_after};
}

}  // namespace

std::optional<Automatic> next_automatic(const Event& event, const FeedPresence& feed, WallTime now,
                                        const AutomaticRules& rules) {
  switch (event.state) {
    case EventState::kPlanned:
    case EventState::kLobby:
      return earlier(start_by_feed(event, feed, now), lobby(event, now));
    case EventState::kLive:
      return end_in_silence(event, feed, rules);
    case EventState::kEnded:
      return Automatic{Command::kSettle, event.state_since};
    case EventState::kReview:
      return earlier(publish_at_its_time(event, now),
                     at_time(event.plan.withdraw_at, Command::kWithdraw, event));
    case EventState::kPublished:
      return at_time(event.plan.withdraw_at, Command::kWithdraw, event);
    case EventState::kWithdrawn:
      return publish_at_its_time(event, now);
    case EventState::kDraft:
    case EventState::kPaused:
    case EventState::kCancelled:
    case EventState::kArchived:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace estrad::webcast
