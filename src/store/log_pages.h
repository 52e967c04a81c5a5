#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"
#include "webcast/public_log.h"

namespace estrad::store {

/// The public logs of all events. Store loop. What `save` and `rewrite` have answered for is on
/// disk before the page is served.
class LogPages {
 public:
  explicit LogPages(Database& database) : database_(database) {}

  /// A page that has closed (PublicLog::close_due); only what must be kept is written.
  [[nodiscard]] Status save(std::string_view event_id, const webcast::ClosedPage& page);
  /// What a removal has rewritten, and the log's counters, as one.
  [[nodiscard]] Status rewrite(std::string_view event_id,
                               const std::vector<webcast::StoredPage>& pages,
                               webcast::LogCounters counters);

  /// For PublicLog::restore: pages in order. Nothing and zeros for an event that has no log yet.
  struct Log {
    std::vector<webcast::StoredPage> pages;
    webcast::LogCounters counters;
  };
  [[nodiscard]] Result<Log> load(std::string_view event_id);

 private:
  [[nodiscard]] Status write_page(std::string_view event_id, const webcast::StoredPage& page);

  Database& database_;
};

}  // namespace estrad::store
