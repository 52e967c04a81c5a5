#include "store/migrations.h"

#include <array>
#include <string>
#include <vector>

#include <spdlog/fmt/fmt.h>

#include "base/log.h"
#include "store/statement.h"

/// A migration that has been released is never changed: what it got wrong, the next one mends. The
/// types are those that SQLite and PostgreSQL both have; times are milliseconds since 1970.
namespace estrad::store {
namespace {

using Migration = std::vector<const char*>;

Migration staff_stages_events() {
  return {
      R"(CREATE TABLE users (
        id TEXT PRIMARY KEY,
        email TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        created_at BIGINT NOT NULL))",
      R"(CREATE TABLE tokens (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE,
        created_at BIGINT NOT NULL,
        expires_at BIGINT))",
      R"(CREATE TABLE sessions (
        hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        csrf TEXT NOT NULL,
        expires_at BIGINT NOT NULL))",
      R"(CREATE TABLE stages (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        main_key TEXT NOT NULL UNIQUE,
        backup_key TEXT NOT NULL UNIQUE,
        created_at BIGINT NOT NULL))",
      // The plan is one JSON text; the columns from slug to search_text repeat what queries use.
      R"(CREATE TABLE events (
        id TEXT PRIMARY KEY,
        plan TEXT NOT NULL,
        slug TEXT NOT NULL UNIQUE,
        stage_id TEXT NOT NULL,
        series TEXT NOT NULL,
        access TEXT NOT NULL,
        sort_at BIGINT NOT NULL,
        search_text TEXT NOT NULL,
        state TEXT NOT NULL,
        state_since BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        version BIGINT NOT NULL,
        started_at BIGINT,
        ended_at BIGINT,
        take_folder TEXT NOT NULL,
        take_address TEXT NOT NULL,
        cancel_message TEXT NOT NULL,
        slow_s BIGINT NOT NULL,
        links_allowed BIGINT NOT NULL))",
      "CREATE INDEX events_by_sort ON events (sort_at, id)",
      "CREATE INDEX events_by_stage ON events (stage_id)",
      // Every slug that ever led to an event; without an event it was deleted.
      R"(CREATE TABLE slugs (
        slug TEXT PRIMARY KEY,
        event_id TEXT REFERENCES events (id) ON DELETE SET NULL))",
      "CREATE INDEX slugs_by_event ON slugs (event_id)",
      R"(CREATE TABLE audit_trail (
        id TEXT PRIMARY KEY,
        at BIGINT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL))",
      "CREATE INDEX audit_trail_by_time ON audit_trail (at, id)",
  };
}

Migration questions_logs() {
  return {
      R"(CREATE TABLE questions (
        id TEXT PRIMARY KEY,
        event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
        body TEXT NOT NULL,
        name TEXT NOT NULL,
        state TEXT NOT NULL,
        answer TEXT NOT NULL,
        reason TEXT NOT NULL,
        claimed_by TEXT NOT NULL,
        asked_at BIGINT NOT NULL,
        changed_at BIGINT NOT NULL,
        media_ms BIGINT,
        secret_hash TEXT NOT NULL,
        sender TEXT NOT NULL))",
      "CREATE INDEX questions_by_event ON questions (event_id, asked_at, id)",
      R"(CREATE TABLE log_pages (
        event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
        number BIGINT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (event_id, number)))",
      R"(CREATE TABLE log_counters (
        event_id TEXT PRIMARY KEY REFERENCES events (id) ON DELETE CASCADE,
        reserved BIGINT NOT NULL,
        revision BIGINT NOT NULL))",
  };
}

const std::array kMigrations = {&staff_stages_events, &questions_logs};

Status run(Database& database, const char* sql) {
  auto ran = Statement(database, sql).run();
  return ran ? Status() : fail(std::move(ran).error());
}

Result<int> schema_version(Database& database) {
  int version = 0;
  auto read = Statement(database, "SELECT version FROM schema_version").read([&](const Row& row) {
    version = static_cast<int>(row.number("version"));
    return Status();
  });
  if (!read) {
    return fail(std::move(read).error());
  }
  return version;
}

Status set_version(Database& database, int version) {
  if (auto cleared = run(database, "DELETE FROM schema_version"); !cleared) {
    return cleared;
  }
  auto set = Statement(database, "INSERT INTO schema_version (version) VALUES (:version)")
                 .number("version", std::int64_t{version})
                 .run();
  return set ? Status() : fail(std::move(set).error());
}

/// One step, unless another process has taken it meanwhile.
Status take_step(Database& database, int step) {
  return database.in_transaction([&]() -> Status {
    auto version = schema_version(database);
    if (!version) {
      return fail(std::move(version).error());
    }
    if (*version >= step) {
      return {};
    }
    for (const char* sql : kMigrations.at(static_cast<std::size_t>(step - 1))()) {
      if (auto ran = run(database, sql); !ran) {
        return fail(std::move(ran).error().in(fmt::format("migration {}", step)));
      }
    }
    return set_version(database, step);
  });
}

}  // namespace

int newest_schema() {
  return static_cast<int>(kMigrations.size());
}

Status migrate(Database& database, int version) {
  auto made = run(database, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
  if (!made) {
    return made;
  }
  auto present = schema_version(database);
  if (!present) {
    return fail(std::move(present).error());
  }
  if (*present > newest_schema()) {
    return fail(
        unavailable(fmt::format("was written by a newer Estrad (schema {}; this one knows {}): "
                                "install that version again, or restore a backup",
                                *present, newest_schema())));
  }
  for (int step = *present + 1; step <= version; ++step) {
    if (auto taken = take_step(database, step); !taken) {
      return taken;
    }
    log::debug("database: schema {}", step);
  }
  return {};
}

}  // namespace estrad::store
