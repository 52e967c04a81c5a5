#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"
#include "store/page.h"
#include "webcast/stage.h"

namespace estrad::store {

/// Which stage a stream key opens.
struct StageOfKey {
  std::string stage_id;
  bool is_backup = false;
};

/// Stages and their keys. Store loop.
class Stages {
 public:
  explicit Stages(Database& database) : database_(database) {}

  /// Conflict when the id is taken.
  [[nodiscard]] Status add(const webcast::Stage& stage);
  /// Writes name and keys; NotFound when there is no such stage.
  [[nodiscard]] Status update(const webcast::Stage& stage);
  /// Conflict while an event that is still to come or on air uses it.
  [[nodiscard]] Status remove(std::string_view id);
  /// NotFound for an unknown id.
  [[nodiscard]] Result<webcast::Stage> find(std::string_view id);
  /// Compares with every stage's keys, in a time that tells nothing; nullopt when none fits.
  [[nodiscard]] Result<std::optional<StageOfKey>> find_key(std::string_view key);
  /// By id.
  [[nodiscard]] Result<Page<webcast::Stage>> list(const PageRequest& request = {});

 private:
  [[nodiscard]] Result<std::vector<webcast::Stage>> all();

  Database& database_;
};

}  // namespace estrad::store
