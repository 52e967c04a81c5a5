#include "store/log_pages.h"

#include "store/statement.h"

namespace estrad::store {
namespace {

using webcast::LogCounters;
using webcast::StoredPage;

Result<StoredPage> read_page(const Row& row) {
  return StoredPage{static_cast<std::uint64_t>(row.number("number")), row.text("body")};
}

Result<LogCounters> read_counters(const Row& row) {
  return LogCounters{static_cast<std::uint64_t>(row.number("reserved")),
                     static_cast<std::uint64_t>(row.number("revision"))};
}

Status done(Result<std::int64_t> ran) {
  return ran ? Status() : fail(std::move(ran).error().in("public log"));
}

}  // namespace

Status LogPages::save(std::string_view event_id, const webcast::ClosedPage& page) {
  if (!page.must_commit) {
    return {};
  }
  return database_.in_transaction([&]() -> Status {
    if (!page.is_empty) {
      if (auto written = write_page(event_id, {page.number, page.text}); !written) {
        return written;
      }
    }
    return done(Statement(database_,
                          "INSERT INTO log_counters (event_id, reserved, revision) "
                          "VALUES (:event_id, :reserved, 0) ON CONFLICT (event_id) DO UPDATE SET "
                          "reserved = excluded.reserved")
                    .text("event_id", event_id)
                    .number("reserved", static_cast<std::int64_t>(page.reserved))
                    .run());
  });
}

Status LogPages::rewrite(std::string_view event_id, const std::vector<StoredPage>& pages,
                         LogCounters counters) {
  return database_.in_transaction([&]() -> Status {
    for (const StoredPage& page : pages) {
      if (auto written = write_page(event_id, page); !written) {
        return written;
      }
    }
    return done(Statement(database_,
                          "INSERT INTO log_counters (event_id, reserved, revision) "
                          "VALUES (:event_id, :reserved, :revision) "
                          "ON CONFLICT (event_id) DO UPDATE SET "
                          "reserved = excluded.reserved, revision = excluded.revision")
                    .text("event_id", event_id)
                    .number("reserved", static_cast<std::int64_t>(counters.reserved))
                    .number("revision", static_cast<std::int64_t>(counters.revision))
                    .run());
  });
}

Result<LogPages::Log> LogPages::load(std::string_view event_id) {
  auto pages = Statement(database_,
                         "SELECT number, body FROM log_pages WHERE event_id = :event_id "
                         "ORDER BY number")
                   .text("event_id", event_id)
                   .all(&read_page);
  if (!pages) {
    return fail(std::move(pages).error());
  }
  auto counters =
      Statement(database_, "SELECT reserved, revision FROM log_counters WHERE event_id = :event_id")
          .text("event_id", event_id)
          .first(&read_counters);
  if (!counters) {
    return fail(std::move(counters).error());
  }
  return Log{std::move(*pages), counters->value_or(LogCounters())};
}

Status LogPages::write_page(std::string_view event_id, const StoredPage& page) {
  return done(Statement(database_,
                        "INSERT INTO log_pages (event_id, number, body) "
                        "VALUES (:event_id, :number, :body) "
                        "ON CONFLICT (event_id, number) DO UPDATE SET body = excluded.body")
                  .text("event_id", event_id)
                  .number("number", static_cast<std::int64_t>(page.number))
                  .text("body", page.text)
                  .run());
}

}  // namespace estrad::store
