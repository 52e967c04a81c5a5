#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "config/config.h"
#include "config/types.h"

/// The one table of keys: from it come the defaults, the reading of files, variables and --set, and
/// the shipped default file.
namespace estrad::config {

struct Key {
  std::string path;  ///< `http.listen`
  Form form = Form::kText;
  nlohmann::json fallback;  ///< The default, as it stands in the default file.
  std::string allowed;
  std::string help;
  /// Its value never appears in an error.
  bool is_secret = false;
  /// Known and checked, but not used by this version yet.
  bool is_later = false;
  /// Fails with what is allowed.
  std::function<Status(Settings&, const nlohmann::json&)> read;
  std::function<nlohmann::json(const Settings&)> write;
};

struct Section {
  std::string name;
  std::string help;
};

/// In the order of the manual: section by section.
[[nodiscard]] const std::vector<Key>& keys();
[[nodiscard]] const std::vector<Section>& sections();

/// Null when there is none of that path.
[[nodiscard]] const Key* find_key(std::string_view path);
[[nodiscard]] const Section* find_section(std::string_view name);

/// The key that `path` was most likely meant to be.
[[nodiscard]] const Key& nearest_key(std::string_view path);

/// `http.listen` → `ESTRAD_HTTP_LISTEN`
[[nodiscard]] std::string variable_name(std::string_view path);

}  // namespace estrad::config
