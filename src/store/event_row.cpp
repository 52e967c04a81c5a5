#include "store/event_row.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "store/search_text.h"
#include "webcast/event_json.h"

namespace estrad::store {

using webcast::Event;

std::int64_t sort_key(const Event& event) {
  return epoch_ms(event.plan.starts_at.value_or(event.created_at));
}

void bind_event(Statement& statement, const Event& event) {
  const auto& plan = event.plan;
  statement.text("id", event.id)
      .text("plan", webcast::to_json(plan).dump())
      .text("slug", plan.slug)
      .text("stage_id", plan.stage)
      .text("series", plan.series)
      .text("access", to_string(plan.access))
      .number("sort_at", sort_key(event))
      .text("search_text", search_text(plan))
      .text("state", to_string(event.state))
      .time("state_since", event.state_since)
      .time("created_at", event.created_at)
      .number("version", static_cast<std::int64_t>(event.version))
      .time("started_at", event.started_at)
      .time("ended_at", event.ended_at)
      .text("take_folder", event.take_folder)
      .text("take_address", event.take_address)
      .text("cancel_message", event.cancel_message)
      .number("slow_s", std::int64_t{event.moderation.slow_s})
      .number("links_allowed", std::int64_t{event.moderation.are_links_allowed ? 1 : 0});
}

Result<Event> read_event(const Row& row) {
  const auto noun = fmt::format("stored event \"{}\"", row.text("slug"));
  const auto json = nlohmann::json::parse(row.text("plan"), nullptr, false);
  auto plan = webcast::stored_plan_from_json(json);
  if (!plan) {
    return fail(internal_error(std::move(plan).error().message).in(noun));
  }
  const auto state = webcast::parse_event_state(row.text("state"));
  if (!state) {
    return fail(internal_error("has an unknown state").in(noun));
  }
  Event event;
  event.id = row.text("id");
  event.plan = std::move(*plan);
  event.state = *state;
  event.state_since = row.time("state_since");
  event.created_at = row.time("created_at");
  event.version = static_cast<std::uint64_t>(row.number("version"));
  event.started_at = row.optional_time("started_at");
  event.ended_at = row.optional_time("ended_at");
  event.take_folder = row.text("take_folder");
  event.take_address = row.text("take_address");
  event.cancel_message = row.text("cancel_message");
  event.moderation.slow_s = static_cast<std::uint32_t>(row.number("slow_s"));
  event.moderation.are_links_allowed = row.number("links_allowed") != 0;
  return event;
}

}  // namespace estrad::store
