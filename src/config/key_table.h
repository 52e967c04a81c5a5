#pragma once

#include <vector>

#include "config/keys.h"

namespace estrad::config {

/// The table itself: sections and keys in the order of the manual.
[[nodiscard]] std::vector<Section> make_sections();
[[nodiscard]] std::vector<Key> make_keys();

}  // namespace estrad::config
