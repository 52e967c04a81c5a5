#include "store/stages.h"

#include <spdlog/fmt/fmt.h>

#include "store/cursor.h"
#include "store/statement.h"

namespace estrad::store {
namespace {

using webcast::Stage;

Result<Stage> read_stage(const Row& row) {
  return Stage{row.text("id"), row.text("name"), row.text("main_key"), row.text("backup_key"),
               row.time("created_at")};
}

Error no_stage(std::string_view id) {
  return not_found(fmt::format("there is no stage \"{}\"", id));
}

Result<std::string> read_slug(const Row& row) {
  return row.text("slug");
}

}  // namespace

Status Stages::add(const Stage& stage) {
  auto added = Statement(database_,
                         "INSERT INTO stages (id, name, main_key, backup_key, created_at) "
                         "VALUES (:id, :name, :main_key, :backup_key, :created_at)")
                   .text("id", stage.id)
                   .text("name", stage.name)
                   .text("main_key", stage.key)
                   .text("backup_key", stage.backup_key)
                   .time("created_at", stage.created_at)
                   .run();
  if (added) {
    return {};
  }
  auto error = std::move(added).error();
  if (error.kind == ErrorKind::kConflict) {
    error = conflict(fmt::format("there is a stage \"{}\" already", stage.id));
    error.field = "id";
  }
  return fail(std::move(error));
}

Status Stages::update(const Stage& stage) {
  auto changed = Statement(database_,
                           "UPDATE stages SET name = :name, main_key = :main_key, "
                           "backup_key = :backup_key WHERE id = :id")
                     .text("name", stage.name)
                     .text("main_key", stage.key)
                     .text("backup_key", stage.backup_key)
                     .text("id", stage.id)
                     .run();
  if (!changed) {
    return fail(std::move(changed).error());
  }
  return *changed > 0 ? Status() : fail(no_stage(stage.id));
}

Status Stages::remove(std::string_view id) {
  return database_.in_transaction([&]() -> Status {
    auto user = Statement(database_,
                          "SELECT slug FROM events WHERE stage_id = :id AND state IN "
                          "('draft', 'planned', 'lobby', 'live', 'paused') LIMIT 1")
                    .text("id", id)
                    .first(&read_slug);
    if (!user) {
      return fail(std::move(user).error());
    }
    if (*user) {
      return fail(conflict(fmt::format("event \"{}\" uses the stage", **user)));
    }
    auto removed = Statement(database_, "DELETE FROM stages WHERE id = :id").text("id", id).run();
    if (!removed) {
      return fail(std::move(removed).error());
    }
    return *removed > 0 ? Status() : fail(no_stage(id));
  });
}

Result<Stage> Stages::find(std::string_view id) {
  auto stage =
      Statement(database_, "SELECT * FROM stages WHERE id = :id").text("id", id).first(&read_stage);
  if (!stage) {
    return fail(std::move(stage).error());
  }
  if (!*stage) {
    return fail(no_stage(id));
  }
  return std::move(**stage);
}

Result<std::optional<StageOfKey>> Stages::find_key(std::string_view key) {
  auto stages = all();
  if (!stages) {
    return fail(std::move(stages).error());
  }
  std::optional<StageOfKey> found;
  for (const Stage& stage : *stages) {
    const auto match = webcast::match_key(stage, key);
    if (match != webcast::KeyMatch::kNone) {
      found = StageOfKey{stage.id, match == webcast::KeyMatch::kBackup};
    }
  }
  return found;
}

Result<Page<Stage>> Stages::list(const PageRequest& request) {
  auto stages =
      Statement(database_, "SELECT * FROM stages WHERE id > :after ORDER BY id LIMIT :limit")
          .text("after", request.after)
          .number("limit", limit_for(request))
          .all(&read_stage);
  if (!stages) {
    return fail(std::move(stages).error());
  }
  return make_page(std::move(*stages), request, [](const Stage& stage) { return stage.id; });
}

Result<std::vector<Stage>> Stages::all() {
  return Statement(database_, "SELECT * FROM stages").all(&read_stage);
}

}  // namespace estrad::store
