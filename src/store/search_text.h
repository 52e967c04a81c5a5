#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "webcast/event.h"

namespace estrad::store {

/// Lower case for searching, alike in every back end: ASCII and the letters of Latin-1 (Å, Ä, Ö,
/// É).
[[nodiscard]] std::string fold_case(std::string_view text);

/// All that `?q=` looks through, folded.
[[nodiscard]] std::string search_text(const webcast::EventPlan& plan);

/// The words of a query, each as a LIKE pattern (with `!` as escape character); at most eight.
[[nodiscard]] std::vector<std::string> search_patterns(std::string_view query);

}  // namespace estrad::store
