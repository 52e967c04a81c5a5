#include "store/events.h"

#include <spdlog/fmt/fmt.h>

#include "store/cursor.h"
#include "store/event_row.h"
#include "store/search_text.h"
#include "store/statement.h"

namespace estrad::store {
namespace {

using webcast::Event;
using webcast::EventState;

Result<std::string> read_id(const Row& row) {
  return row.text("id");
}

/// The event that a slug leads to; empty when it was deleted.
Result<std::string> read_slug_owner(const Row& row) {
  return row.text("event_id");
}

Result<OldSlug> read_old_slug(const Row& row) {
  return OldSlug{row.text("slug"), row.text("event_id")};
}

Status done(Result<std::int64_t> ran) {
  return ran ? Status() : fail(std::move(ran).error());
}

Error slug_conflict(std::string message) {
  auto error = conflict(std::move(message));
  error.field = "slug";
  return error;
}

/// Still needs its stage: a recording does not.
bool needs_stage(EventState state) {
  switch (state) {
    case EventState::kDraft:
    case EventState::kPlanned:
    case EventState::kLobby:
    case EventState::kLive:
    case EventState::kPaused:
      return true;
    case EventState::kEnded:
    case EventState::kReview:
    case EventState::kPublished:
    case EventState::kWithdrawn:
    case EventState::kCancelled:
    case EventState::kArchived:
      return false;
  }
  return false;
}

constexpr const char* kInsert =
    "INSERT INTO events (id, plan, slug, stage_id, series, access, sort_at, search_text, state, "
    "state_since, created_at, version, started_at, ended_at, take_folder, take_address, "
    "cancel_message, slow_s, links_allowed) VALUES (:id, :plan, :slug, :stage_id, :series, "
    ":access, :sort_at, :search_text, :state, :state_since, :created_at, :version, :started_at, "
    ":ended_at, :take_folder, :take_address, :cancel_message, :slow_s, :links_allowed)";

constexpr const char* kUpdate =
    "UPDATE events SET plan = :plan, slug = :slug, stage_id = :stage_id, series = :series, "
    "access = :access, sort_at = :sort_at, search_text = :search_text, state = :state, "
    "state_since = :state_since, created_at = :created_at, version = :version, "
    "started_at = :started_at, ended_at = :ended_at, take_folder = :take_folder, "
    "take_address = :take_address, cancel_message = :cancel_message, slow_s = :slow_s, "
    "links_allowed = :links_allowed WHERE id = :id AND version < :version";

/// The conditions of a list, with the names that `bind_conditions` gives values to.
std::string list_sql(const EventQuery& query, std::size_t pattern_count) {
  std::string sql = "SELECT * FROM events WHERE 1 = 1";
  if (query.state) {
    sql += " AND state = :state";
  }
  if (!query.series.empty()) {
    sql += " AND series = :series";
  }
  if (query.is_public_only) {
    sql += " AND state <> 'draft' AND access <> 'unlisted'";
  }
  for (std::size_t i = 0; i < pattern_count; ++i) {
    sql += fmt::format(" AND search_text LIKE :word{} ESCAPE '!'", i);
  }
  if (!query.page.after.empty()) {
    sql += " AND (sort_at < :after_at OR (sort_at = :after_at AND id < :after_id))";
  }
  return sql + " ORDER BY sort_at DESC, id DESC LIMIT :limit";
}

void bind_conditions(Statement& statement, const EventQuery& query,
                     const std::vector<std::string>& patterns) {
  if (query.state) {
    statement.text("state", to_string(*query.state));
  }
  if (!query.series.empty()) {
    statement.text("series", query.series);
  }
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    statement.text(fmt::format("word{}", i), patterns[i]);
  }
  statement.number("limit", limit_for(query.page));
}

}  // namespace

Status Events::add(const Event& event) {
  return database_.in_transaction([&]() -> Status {
    if (auto stage = check_stage(event); !stage) {
      return stage;
    }
    if (auto free = check_slug(event); !free) {
      return free;
    }
    Statement insert(database_, kInsert);
    bind_event(insert, event);
    if (auto added = insert.run(); !added) {
      return fail(std::move(added).error());
    }
    return keep_slug(event);
  });
}

Status Events::update(const Event& event) {
  return database_.in_transaction([&]() -> Status {
    if (auto stage = check_stage(event); !stage) {
      return stage;
    }
    if (auto free = check_slug(event); !free) {
      return free;
    }
    Statement update(database_, kUpdate);
    bind_event(update, event);
    auto updated = update.run();
    if (!updated) {
      return fail(std::move(updated).error());
    }
    if (*updated == 0) {
      auto present = find(event.id);
      return present ? fail(conflict("the event has been changed meanwhile; load it again"))
                     : fail(std::move(present).error());
    }
    return keep_slug(event);
  });
}

Status Events::remove(std::string_view id) {
  return database_.in_transaction([&]() -> Status {
    auto event = find(id);
    if (!event) {
      return fail(std::move(event).error());
    }
    if (is_on_air(event->state)) {
      return fail(conflict(
          fmt::format("the event is {}: end it before it is deleted", to_string(event->state))));
    }
    return done(Statement(database_, "DELETE FROM events WHERE id = :id").text("id", id).run());
  });
}

Result<Event> Events::find(std::string_view id) {
  auto event =
      Statement(database_, "SELECT * FROM events WHERE id = :id").text("id", id).first(&read_event);
  if (!event) {
    return fail(std::move(event).error());
  }
  if (!*event) {
    return fail(not_found("there is no such event"));
  }
  return std::move(**event);
}

Result<SlugTarget> Events::resolve(std::string_view slug) {
  auto owner = Statement(database_, "SELECT event_id FROM slugs WHERE slug = :slug")
                   .text("slug", slug)
                   .first(&read_slug_owner);
  if (!owner) {
    return fail(std::move(owner).error());
  }
  if (!*owner) {
    return SlugUnknown{};
  }
  if ((*owner)->empty()) {
    return SlugDeleted{};
  }
  auto event = find(**owner);
  if (!event) {
    return fail(std::move(event).error());
  }
  if (event->plan.slug != slug) {
    return SlugMoved{event->plan.slug};
  }
  return std::move(*event);
}

Result<Page<Event>> Events::list(const EventQuery& query) {
  const auto patterns = search_patterns(query.q);
  Statement statement(database_, list_sql(query, patterns.size()));
  bind_conditions(statement, query, patterns);
  if (!query.page.after.empty()) {
    auto cursor = parse_cursor(query.page.after);
    if (!cursor) {
      return fail(std::move(cursor).error());
    }
    statement.number("after_at", cursor->number).text("after_id", cursor->id);
  }
  auto events = statement.all(&read_event);
  if (!events) {
    return fail(std::move(events).error());
  }
  return make_page(std::move(*events), query.page,
                   [](const Event& event) { return format_cursor(sort_key(event), event.id); });
}

Result<std::vector<Event>> Events::all() {
  return Statement(database_, "SELECT * FROM events ORDER BY sort_at, id").all(&read_event);
}

Result<std::vector<OldSlug>> Events::old_slugs() {
  return Statement(database_,
                   "SELECT slugs.slug AS slug, slugs.event_id AS event_id FROM slugs "
                   "WHERE NOT EXISTS (SELECT 1 FROM events WHERE events.slug = slugs.slug) "
                   "ORDER BY slugs.slug")
      .all(&read_old_slug);
}

Status Events::check_stage(const Event& event) {
  if (event.plan.stage.empty() || !needs_stage(event.state)) {
    return {};
  }
  auto stage = Statement(database_, "SELECT id FROM stages WHERE id = :id")
                   .text("id", event.plan.stage)
                   .first(&read_id);
  if (!stage) {
    return fail(std::move(stage).error());
  }
  return *stage ? Status()
                : fail(invalid_field("stage",
                                     fmt::format("there is no stage \"{}\"", event.plan.stage)));
}

Status Events::check_slug(const Event& event) {
  auto owner = Statement(database_, "SELECT event_id FROM slugs WHERE slug = :slug")
                   .text("slug", event.plan.slug)
                   .first(&read_slug_owner);
  if (!owner) {
    return fail(std::move(owner).error());
  }
  if (!*owner || **owner == event.id) {
    return {};
  }
  return fail(slug_conflict((*owner)->empty()
                                ? "was the link of an event that has been deleted; take another"
                                : "is or was the link of another event; take another"));
}

Status Events::keep_slug(const Event& event) {
  return done(Statement(database_,
                        "INSERT INTO slugs (slug, event_id) VALUES (:slug, :event_id) "
                        "ON CONFLICT (slug) DO NOTHING")
                  .text("slug", event.plan.slug)
                  .text("event_id", event.id)
                  .run());
}

}  // namespace estrad::store
