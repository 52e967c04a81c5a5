#include "webcast/stage.h"

#include "base/ids.h"
#include "webcast/event.h"
#include "webcast/plain_text.h"

namespace estrad::webcast {
namespace {

constexpr std::size_t kLongestId = 40;
/// 120 bits: not to be guessed at any rate that a door lets through.
constexpr std::size_t kKeyCharacters = 24;

}  // namespace

Result<Stage> make_stage(std::string_view id, std::string_view name, WallTime now) {
  if (!is_slug(id) || id.size() > kLongestId) {
    return fail(invalid_field("id", "takes 1 to 40 of a-z, 0-9 and -"));
  }
  Stage stage;
  stage.id = id;
  stage.created_at = now;
  return renamed(with_new_keys(std::move(stage)), name);
}

Result<Stage> renamed(Stage stage, std::string_view name) {
  auto line = plain_line("name", name, {0, 200});
  if (!line) {
    return fail(std::move(line).error());
  }
  stage.name = line->empty() ? stage.id : std::move(*line);
  return stage;
}

Stage with_new_keys(Stage stage) {
  stage.key = random_id(kKeyCharacters);
  stage.backup_key = random_id(kKeyCharacters);
  return stage;
}

KeyMatch match_key(const Stage& stage, std::string_view key) {
  const bool is_main = equal_secrets(stage.key, key);
  const bool is_backup = equal_secrets(stage.backup_key, key);
  return is_main ? KeyMatch::kMain : is_backup ? KeyMatch::kBackup : KeyMatch::kNone;
}

}  // namespace estrad::webcast
