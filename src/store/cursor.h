#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/page.h"

namespace estrad::store {

/// A place in a list that is ordered by a number and an id, as the text of `after` and `next`.
struct Cursor {
  std::int64_t number = 0;
  std::string id;
};
/// InvalidInput (field `after`) for what `format_cursor` never made.
[[nodiscard]] Result<Cursor> parse_cursor(std::string_view text);
[[nodiscard]] std::string format_cursor(std::int64_t number, std::string_view id);

/// The limit within its bounds, and one more: a list that gives it has a next piece.
[[nodiscard]] std::int64_t limit_for(const PageRequest& request);

/// Cuts a list that was asked for by `limit_for` to its piece; `cursor_of` names the last item.
template <typename T, typename CursorOf>
[[nodiscard]] Page<T> make_page(std::vector<T> items, const PageRequest& request,
                                CursorOf cursor_of) {
  Page<T> page{std::move(items), {}};
  const auto limit = static_cast<std::size_t>(limit_for(request) - 1);
  if (page.items.size() > limit) {
    page.items.erase(page.items.begin() + static_cast<std::ptrdiff_t>(limit), page.items.end());
    page.next = cursor_of(page.items.back());
  }
  return page;
}

}  // namespace estrad::store
