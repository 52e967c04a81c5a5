#include "webcast/question.h"

#include "webcast/names.h"
#include "webcast/plain_text.h"

namespace estrad::webcast {
namespace {

constexpr TextLimits kAnswerLimits{0, 5'000};
constexpr TextLimits kClaimLimits{0, 200};

/// The state that the change leads to: an answer alone answers.
QuestionState target(const Question& question, const QuestionChange& change) {
  if (change.state) {
    return *change.state;
  }
  return change.answer && !change.answer->empty() ? QuestionState::kAnswered : question.state;
}

Status check_removal(QuestionState to, const QuestionChange& change) {
  if (to == QuestionState::kRemoved && !change.reason) {
    return fail(invalid_field("reason", "is needed to remove a question"));
  }
  if (to != QuestionState::kRemoved && change.reason) {
    return fail(invalid_field("reason", "goes with the state removed alone"));
  }
  return {};
}

}  // namespace

std::string_view to_string(QuestionState state) {
  switch (state) {
    case QuestionState::kPending:
      return "pending";
    case QuestionState::kApproved:
      return "approved";
    case QuestionState::kAnswering:
      return "answering";
    case QuestionState::kAnswered:
      return "answered";
    case QuestionState::kDismissed:
      return "dismissed";
    case QuestionState::kRemoved:
      return "removed";
  }
  return "";
}

std::string_view to_string(RemovalReason reason) {
  switch (reason) {
    case RemovalReason::kUnlawfulThreat:
      return "unlawful_threat";
    case RemovalReason::kIncitement:
      return "incitement";
    case RemovalReason::kAgitation:
      return "agitation";
    case RemovalReason::kPrivacy:
      return "privacy";
    case RemovalReason::kViolence:
      return "violence";
    case RemovalReason::kChildAbuse:
      return "child_abuse";
    case RemovalReason::kTerrorism:
      return "terrorism";
    case RemovalReason::kCopyright:
      return "copyright";
    case RemovalReason::kPersonalData:
      return "personal_data";
    case RemovalReason::kOther:
      return "other";
    case RemovalReason::kAsker:
      return "asker";
  }
  return "";
}

std::optional<QuestionState> parse_question_state(std::string_view name) {
  return find_by_name(kQuestionStates, name);
}

std::optional<RemovalReason> parse_removal_reason(std::string_view name) {
  return find_by_name(kRemovalReasons, name);
}

bool is_public(QuestionState state) {
  switch (state) {
    case QuestionState::kApproved:
    case QuestionState::kAnswering:
    case QuestionState::kAnswered:
      return true;
    case QuestionState::kPending:
    case QuestionState::kDismissed:
    case QuestionState::kRemoved:
      return false;
  }
  return false;
}

bool can_become(QuestionState from, QuestionState to) {
  static_cast<void>(to);
  return from != QuestionState::kRemoved;
}

Result<Question> changed(Question question, const QuestionChange& change, WallTime now) {
  const QuestionState to = target(question, change);
  if (!can_become(question.state, to)) {
    return fail(conflict("the question has been removed, which is final"));
  }
  if (auto removal = check_removal(to, change); !removal) {
    return fail(std::move(removal).error());
  }
  if (change.answer) {
    auto answer = plain_block("answer", *change.answer, kAnswerLimits);
    if (!answer) {
      return fail(std::move(answer).error());
    }
    question.answer = std::move(*answer);
  }
  if (change.claimed_by) {
    auto name = plain_line("claim", *change.claimed_by, kClaimLimits);
    if (!name) {
      return fail(std::move(name).error());
    }
    question.claimed_by = std::move(*name);
  }
  question.state = to;
  question.reason = change.reason;
  question.changed_at = now;
  return question;
}

}  // namespace estrad::webcast
