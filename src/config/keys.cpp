#include "config/keys.h"

#include <algorithm>
#include <numeric>

#include "config/key_table.h"

namespace estrad::config {
namespace {

/// Levenshtein: how many letters must be added, dropped or changed.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

const std::vector<Key>& keys() {
  static const std::vector<Key> all = make_keys();
  return all;
}

const std::vector<Section>& sections() {
  static const std::vector<Section> all = make_sections();
  return all;
}

const Key* find_key(std::string_view path) {
  const auto found = std::find_if(keys().begin(), keys().end(),
                                  [&](const Key& candidate) { return candidate.path == path; });
  return found == keys().end() ? nullptr : &*found;
}

const Section* find_section(std::string_view name) {
  const auto found = std::find_if(sections().begin(), sections().end(),
                                  [&](const Section& candidate) { return candidate.name == name; });
  return found == sections().end() ? nullptr : &*found;
}

const Key& nearest_key(std::string_view path) {
  // Longer than any key: the rest cannot bring it nearer, and the text may come from anywhere.
  const auto start = path.substr(0, 64);
  return *std::min_element(keys().begin(), keys().end(), [&](const Key& a, const Key& b) {
    return edit_distance(start, a.path) < edit_distance(start, b.path);
  });
}

std::string variable_name(std::string_view path) {
  std::string name = "ESTRAD_";
  for (const char c : path) {
    name += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return name;
}

}  // namespace estrad::config
