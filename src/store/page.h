#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace estrad::store {

/// Which piece of a list: `?limit=&after=`. `after` is the `next` of the piece before; anything
/// else in it is InvalidInput that names the field.
struct PageRequest {
  static constexpr std::size_t kMost = 500;
  std::size_t limit = 50;  ///< 1 to kMost; what lies outside is brought inside.
  std::string after = {};
};

/// A piece of a list. `next` asks for the following one; empty at the end.
template <typename T>
struct Page {
  std::vector<T> items;
  std::string next;
};

}  // namespace estrad::store
