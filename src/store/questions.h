#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"
#include "store/page.h"
#include "webcast/question.h"

namespace estrad::store {

struct QuestionQuery {
  std::optional<webcast::QuestionState> state = {};
  PageRequest page = {};
};

/// Questions of all events. Store loop.
class Questions {
 public:
  explicit Questions(Database& database) : database_(database) {}

  /// Adds or overwrites.
  [[nodiscard]] Status save(const webcast::Question& question);
  /// In the order of asking.
  [[nodiscard]] Result<Page<webcast::Question>> list(std::string_view event_id,
                                                     const QuestionQuery& query = {});
  /// Everything of an event in the order of asking, for start-up and export.
  [[nodiscard]] Result<std::vector<webcast::Question>> all(std::string_view event_id);

 private:
  Database& database_;
};

}  // namespace estrad::store
