#include "web/staff/lists.h"

#include "base/text.h"

namespace estrad::web {
namespace {

constexpr std::uint64_t kLongestPage = 200;

}  // namespace

Result<Page> page_of(const Exchange& exchange) {
  Page page;
  if (const auto limit = exchange.query("limit")) {
    const auto number = parse_u64(*limit);
    if (!number || *number == 0 || *number > kLongestPage) {
      return fail(invalid_field(
          "limit", "limit must be a whole number from 1 to " + std::to_string(kLongestPage)));
    }
    page.limit = *number;
  }
  page.after = exchange.query("after").value_or("");
  return page;
}

}  // namespace estrad::web
