#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"

namespace estrad::config {

/// One value of a file, with the line where its key stands.
struct FileValue {
  std::string path;  ///< `http.listen`
  nlohmann::json value;
  std::size_t line = 0;
};

/// The values of a configuration file (JSON with // and /* */ comments), in its order: numbers,
/// words, lists and nulls; objects become paths. Fails, with the line, on what is not JSON, on a
/// key that stands twice, and on objects in lists.
[[nodiscard]] Result<std::vector<FileValue>> read_values(std::string_view text);

/// The text of `file`, at most 1 MiB.
[[nodiscard]] Result<std::string> read_configuration_file(const std::filesystem::path& file);

}  // namespace estrad::config
