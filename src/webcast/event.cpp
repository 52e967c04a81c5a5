#include "webcast/event.h"

#include <spdlog/fmt/fmt.h>

#include "base/ids.h"

namespace estrad::webcast {
namespace {

constexpr std::uint32_t kSlowestMode = 3600;

}  // namespace

Event make_event(EventPlan plan, EventState state, WallTime now) {
  Event event;
  event.id = random_id(12);
  event.plan = std::move(plan);
  event.state = state;
  event.state_since = now;
  event.created_at = now;
  return event;
}

Result<Event> revised(Event event, EventPlan plan) {
  auto checked = validated(std::move(plan));
  if (!checked) {
    return fail(std::move(checked).error());
  }
  if (is_on_air(event.state)) {
    for (const auto& [field, is_moved] :
         {std::pair{"stage", checked->stage != event.plan.stage},
          std::pair{"latency", checked->latency != event.plan.latency}}) {
      if (is_moved) {
        auto error = conflict(fmt::format("the event is {}: its {} cannot change now",
                                          to_string(event.state), field));
        error.field = field;
        return fail(std::move(error));
      }
    }
  }
  event.plan = std::move(*checked);
  ++event.version;
  return event;
}

Result<Event> moderated(Event event, QuestionMode mode, Moderation moderation) {
  if (moderation.slow_s > kSlowestMode) {
    return fail(invalid_field("slow_s", fmt::format("takes 0 to {} seconds", kSlowestMode)));
  }
  event.plan.questions = mode;
  event.moderation = moderation;
  ++event.version;
  return event;
}

bool accepts_questions(const Event& event) {
  return event.plan.questions != QuestionMode::kOff &&
         (event.state == EventState::kLobby || is_on_air(event.state));
}

bool has_public_page(const Event& event) {
  return event.state != EventState::kDraft;
}

}  // namespace estrad::webcast
