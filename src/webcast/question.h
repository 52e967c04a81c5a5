#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "base/clock.h"
#include "base/result.h"

namespace estrad::webcast {

enum class QuestionState { kPending, kApproved, kAnswering, kAnswered, kDismissed, kRemoved };

inline constexpr std::array kQuestionStates = {QuestionState::kPending,   QuestionState::kApproved,
                                               QuestionState::kAnswering, QuestionState::kAnswered,
                                               QuestionState::kDismissed, QuestionState::kRemoved};

/// Why a question was removed: section 5 of Act (1998:112) and what else demands it.
enum class RemovalReason {
  kUnlawfulThreat,
  kIncitement,
  kAgitation,
  kPrivacy,
  kViolence,
  kChildAbuse,
  kTerrorism,
  kCopyright,
  kPersonalData,
  kOther,
  kAsker,  ///< Withdrawn by its asker; never given by staff.
};

inline constexpr std::array kRemovalReasons = {
    RemovalReason::kUnlawfulThreat, RemovalReason::kIncitement, RemovalReason::kAgitation,
    RemovalReason::kPrivacy,        RemovalReason::kViolence,   RemovalReason::kChildAbuse,
    RemovalReason::kTerrorism,      RemovalReason::kCopyright,  RemovalReason::kPersonalData,
    RemovalReason::kOther,          RemovalReason::kAsker};

[[nodiscard]] std::string_view to_string(QuestionState state);
[[nodiscard]] std::string_view to_string(RemovalReason reason);
[[nodiscard]] std::optional<QuestionState> parse_question_state(std::string_view name);
[[nodiscard]] std::optional<RemovalReason> parse_removal_reason(std::string_view name);

/// A viewer's question or contribution.
struct Question {
  std::string id;
  std::string event_id;
  std::string text;
  std::string name;  ///< As the asker gave it; may be empty.
  QuestionState state = QuestionState::kPending;
  std::string answer;
  std::optional<RemovalReason> reason;
  std::string claimed_by;  ///< The staff member who handles it; empty for nobody.
  WallTime asked_at{};
  WallTime changed_at{};
  /// The media time of the asking, for the replay; none outside a broadcast.
  std::optional<std::int64_t> media_ms;
  /// SHA-256 of the asker's secret; the secret itself is nowhere but with the asker.
  std::string secret_hash;
  /// The caller's opaque hash of the sender's address; erased by retention.
  std::string sender;

  bool operator==(const Question&) const = default;
};

/// Approved, answering or answered: viewers see it.
[[nodiscard]] bool is_public(QuestionState state);
/// Every state may become every other, so that any step can be undone, but a removal is final.
[[nodiscard]] bool can_become(QuestionState from, QuestionState to);

/// What staff change (`PATCH /events/SLUG/questions/ID`); what is absent stays.
struct QuestionChange {
  std::optional<QuestionState> state = {};
  std::optional<std::string> answer = {};
  std::optional<RemovalReason> reason = {};
  std::optional<std::string> claimed_by = {};
};

/// Reads `{"state","answer","reason","claim"}`; `claim` true takes the question for `staff_name`,
/// false lets it go. An unknown field or value is an error that names it.
[[nodiscard]] Result<QuestionChange> question_change_from_json(const nlohmann::json& body,
                                                               const std::string& staff_name);

/// The question after the change. A removal demands a reason; an answer text makes a question that
/// is not answered yet answered, unless the change says another state. Conflict on a removed one.
[[nodiscard]] Result<Question> changed(Question question, const QuestionChange& change,
                                       WallTime now);

/// As staff see it. No secret, no sender.
[[nodiscard]] nlohmann::json to_staff_json(const Question& question);
/// As everyone sees it (only when it is public): id, text, name, state, answer, at, media_ms.
[[nodiscard]] nlohmann::json to_public_json(const Question& question);
/// As its asker sees it: id, text, name, state, answer; a removed one without its texts.
[[nodiscard]] nlohmann::json to_asker_json(const Question& question);

}  // namespace estrad::webcast
