#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"

namespace estrad::pipeline {

/// A value of a JSON file that knows its path and its line, so that an error can name the file, the
/// line and the key: `standard.json: line 7: video[0].height is "tall"; …`. A value; cheap to copy.
class JsonNode {
 public:
  /// Reads a whole file, which may have comments. Errors name the file, and the line if they can.
  [[nodiscard]] static Result<JsonNode> read_file(const std::filesystem::path& file);
  /// The same from text; `name` stands for the file.
  [[nodiscard]] static Result<JsonNode> read_text(std::string_view text, std::string name);

  [[nodiscard]] bool has(const std::string& key) const;
  [[nodiscard]] Result<JsonNode> at(const std::string& key) const;
  [[nodiscard]] Result<std::uint32_t> number(const std::string& key, std::uint32_t lowest,
                                             std::uint32_t highest) const;
  [[nodiscard]] Result<std::string> text(const std::string& key) const;
  /// A list of 1 to `most` values.
  [[nodiscard]] Result<std::vector<JsonNode>> list(const std::string& key, std::size_t most) const;
  /// An error when there is any key but these: a misspelt one must not pass for a default.
  [[nodiscard]] Status only(const std::vector<std::string_view>& keys) const;

  /// An error about this value: `message` follows its place.
  [[nodiscard]] Error error(const std::string& message) const;
  /// The path, for messages: `video[0].height`.
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const nlohmann::json& value() const { return *value_; }

 private:
  struct Document;
  JsonNode(std::shared_ptr<const Document> document, const nlohmann::json& value, std::string path);
  [[nodiscard]] JsonNode child(const std::string& key) const;

  std::shared_ptr<const Document> document_;
  const nlohmann::json* value_;
  std::string path_;
};

}  // namespace estrad::pipeline
