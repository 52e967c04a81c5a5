#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "webcast/event.h"

namespace estrad::webcast {

/// `base` with the fields that `patch` (a JSON object) has, checked as a whole: an empty base makes
/// it the body of POST, the present plan that of PATCH. `null` puts a field back to its default.
/// An unknown field and a wrong type are errors that name the field. Times are RFC 3339.
[[nodiscard]] Result<EventPlan> plan_from_json(const EventPlan& base, const nlohmann::json& patch);

/// A plan as `to_json` gave it, not checked again: what the store kept stays readable when the
/// rules change.
[[nodiscard]] Result<EventPlan> stored_plan_from_json(const nlohmann::json& json);

/// Every field under its API name; absent times and numbers as null.
[[nodiscard]] nlohmann::json to_json(const EventPlan& plan);

/// The event as staff see it: its plan and, beside it, id, state, state_since, created_at, version,
/// started_at, ended_at, cancel_message, moderation. Not the take's address or folder.
[[nodiscard]] nlohmann::json to_json(const Event& event);

}  // namespace estrad::webcast
