#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace estrad::webcast {

/// A place to send to, reused week after week. The studio shows its keys again whenever an encoder
/// is set up, so they are stored as they are; the database file is readable by its owner alone.
struct Stage {
  std::string id;  ///< `[a-z0-9-]{1,40}`
  std::string name;
  std::string key;
  std::string backup_key;
  WallTime created_at{};

  bool operator==(const Stage&) const = default;
};

/// A stage with fresh keys; the error names `id` or `name`. An empty name becomes the id.
[[nodiscard]] Result<Stage> make_stage(std::string_view id, std::string_view name, WallTime now);
/// The stage under another name, its keys as they were.
[[nodiscard]] Result<Stage> renamed(Stage stage, std::string_view name);
/// The stage with fresh keys: the old ones are refused from now on.
[[nodiscard]] Stage with_new_keys(Stage stage);

enum class KeyMatch { kNone, kMain, kBackup };
/// Which of the stage's keys this is, in a time that does not tell where they differ.
[[nodiscard]] KeyMatch match_key(const Stage& stage, std::string_view key);

}  // namespace estrad::webcast
