#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "webcast/event.h"
#include "webcast/public_log.h"
#include "webcast/question.h"

namespace estrad::webcast {

/// What `GET /w/SLUG/log` says.
struct LogState {
  EventState state = EventState::kPlanned;
  std::uint64_t next_page = 1;
  std::uint64_t revision = 0;
  std::optional<WallTime> started_at = {};
  std::optional<WallTime> ended_at = {};
  std::optional<WallTime> starts_at = {};
  std::uint64_t viewers = 0;
  std::vector<Question> questions = {};  ///< QuestionBox::list_public
  QuestionMode mode = QuestionMode::kModerated;
  bool is_open = false;      ///< accepts_questions(event)
  std::string message = {};  ///< Why the event is cancelled.
};
[[nodiscard]] LogState log_state(const Event& event, const PublicLog& log,
                                 std::vector<Question> questions, std::uint64_t viewers);
/// `{"state","next_page","rev","started_at","ended_at","starts_at","viewers","questions":[…],
/// "announcement":null,"moderation":{"mode","notice","open"},"message"}`
[[nodiscard]] std::string render(const LogState& state);

/// Key of the notice beside the question box that Act (1998:112) section 3 asks for: who provides
/// the service and how far messages become known. The texts are in the player's catalogues:
/// `questions.notice.moderated`, `questions.notice.open`; none when the box is off.
[[nodiscard]] std::string_view notice_key(QuestionMode mode);

}  // namespace estrad::webcast
