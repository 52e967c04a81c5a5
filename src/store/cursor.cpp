#include "store/cursor.h"

#include <algorithm>
#include <limits>

#include <spdlog/fmt/fmt.h>

#include "base/text.h"

namespace estrad::store {

Result<Cursor> parse_cursor(std::string_view text) {
  const auto dot = text.find('.');
  const auto number = parse_u64(text.substr(0, dot));
  if (dot == std::string_view::npos || !number ||
      *number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return fail(invalid_field("after", "takes the \"next\" of the page before"));
  }
  return Cursor{static_cast<std::int64_t>(*number), std::string(text.substr(dot + 1))};
}

std::string format_cursor(std::int64_t number, std::string_view id) {
  return fmt::format("{}.{}", number, id);
}

std::int64_t limit_for(const PageRequest& request) {
  return static_cast<std::int64_t>(std::clamp(request.limit, std::size_t{1}, PageRequest::kMost)) +
         1;
}

}  // namespace estrad::store
