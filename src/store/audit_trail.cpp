#include "store/audit_trail.h"

#include "base/ids.h"
#include "store/cursor.h"
#include "store/statement.h"

namespace estrad::store {
namespace {

struct StoredEntry {
  AuditEntry entry;
  std::string id;
};

Result<StoredEntry> read_entry(const Row& row) {
  return StoredEntry{{row.time("at"), row.text("actor"), row.text("action"), row.text("subject"),
                      row.text("detail")},
                     row.text("id")};
}

}  // namespace

Status AuditTrail::add(const AuditEntry& entry) {
  auto added = Statement(database_,
                         "INSERT INTO audit_trail (id, at, actor, action, subject, detail) "
                         "VALUES (:id, :at, :actor, :action, :subject, :detail)")
                   .text("id", random_id(16))
                   .time("at", entry.at)
                   .text("actor", entry.actor)
                   .text("action", entry.action)
                   .text("subject", entry.subject)
                   .text("detail", entry.detail)
                   .run();
  return added ? Status() : fail(std::move(added).error().in("audit trail"));
}

Result<Page<AuditEntry>> AuditTrail::list(std::string_view subject, const PageRequest& request) {
  std::string sql = "SELECT * FROM audit_trail WHERE 1 = 1";
  if (!subject.empty()) {
    sql += " AND subject = :subject";
  }
  if (!request.after.empty()) {
    sql += " AND (at < :after_at OR (at = :after_at AND id < :after_id))";
  }
  Statement statement(database_, sql + " ORDER BY at DESC, id DESC LIMIT :limit");
  statement.number("limit", limit_for(request));
  if (!subject.empty()) {
    statement.text("subject", subject);
  }
  if (!request.after.empty()) {
    auto cursor = parse_cursor(request.after);
    if (!cursor) {
      return fail(std::move(cursor).error());
    }
    statement.number("after_at", cursor->number).text("after_id", cursor->id);
  }
  auto stored = statement.all(&read_entry);
  if (!stored) {
    return fail(std::move(stored).error());
  }
  auto cut = make_page(std::move(*stored), request, [](const StoredEntry& item) {
    return format_cursor(epoch_ms(item.entry.at), item.id);
  });
  Page<AuditEntry> page;
  page.next = std::move(cut.next);
  for (auto& item : cut.items) {
    page.items.push_back(std::move(item.entry));
  }
  return page;
}

Status AuditTrail::remove_before(WallTime time) {
  auto removed =
      Statement(database_, "DELETE FROM audit_trail WHERE at < :time").time("time", time).run();
  return removed ? Status() : fail(std::move(removed).error());
}

}  // namespace estrad::store
