#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"
#include "store/page.h"

namespace estrad::store {

/// Who did what when, of staff's actions.
struct AuditEntry {
  WallTime at{};
  std::string actor;    ///< Name of a user or token, or `server`.
  std::string action;   ///< `event.start`, `question.remove`, `stage.rotate_keys`
  std::string subject;  ///< What it was done to: `event budget-day`.
  std::string detail;   ///< More of it, in words; no secrets.

  bool operator==(const AuditEntry&) const = default;
};

/// Store loop.
class AuditTrail {
 public:
  explicit AuditTrail(Database& database) : database_(database) {}

  [[nodiscard]] Status add(const AuditEntry& entry);
  /// Newest first; with a subject, of that alone.
  [[nodiscard]] Result<Page<AuditEntry>> list(std::string_view subject = {},
                                              const PageRequest& request = {});
  /// Forgets what is older; `retention.audit`.
  [[nodiscard]] Status remove_before(WallTime time);

 private:
  Database& database_;
};

}  // namespace estrad::store
