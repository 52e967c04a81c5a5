#include "webcast/log_state.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace estrad::webcast {
namespace {

using nlohmann::json;

json or_null(const std::optional<WallTime>& time) {
  return time ? json(format_rfc3339(*time)) : json();
}

}  // namespace

LogState log_state(const Event& event, const PublicLog& log, std::vector<Question> questions,
                   std::uint64_t viewers) {
  LogState state;
  state.state = event.state;
  state.next_page = log.next_page();
  state.revision = log.revision();
  state.started_at = event.started_at;
  state.ended_at = event.ended_at;
  state.starts_at = event.plan.starts_at;
  state.viewers = viewers;
  state.questions = std::move(questions);
  state.mode = event.plan.questions;
  state.is_open = accepts_questions(event);
  state.message = event.state == EventState::kCancelled ? event.cancel_message : std::string();
  return state;
}

std::string render(const LogState& state) {
  json questions = json::array();
  for (const auto& question : state.questions) {
    if (is_public(question.state)) {
      questions.push_back(to_public_json(question));
    }
  }
  const auto notice = notice_key(state.mode);
  return json{{"state", to_string(state.state)},
              {"next_page", state.next_page},
              {"rev", state.revision},
              {"started_at", or_null(state.started_at)},
              {"ended_at", or_null(state.ended_at)},
              {"starts_at", or_null(state.starts_at)},
              {"viewers", state.viewers},
              {"questions", std::move(questions)},
              {"announcement", nullptr},
              {"moderation",
               {{"mode", to_string(state.mode)},
                {"notice", notice.empty() ? json() : json(notice)},
                {"open", state.is_open}}},
              {"message", state.message}}
      .dump();
}

std::string_view notice_key(QuestionMode mode) {
  switch (mode) {
    case QuestionMode::kModerated:
      return "questions.notice.moderated";
    case QuestionMode::kOpen:
      return "questions.notice.open";
    case QuestionMode::kOff:
      return "";
  }
  return "";
}

}  // namespace estrad::webcast
