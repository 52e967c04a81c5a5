#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/clock.h"
#include "base/result.h"
#include "webcast/event_state.h"
#include "webcast/question.h"

namespace estrad::webcast {

/// A question became public, or its state among the public ones changed: readers keep the last
/// entry for each id.
struct QuestionEntry {
  std::string id;
  std::string text;
  std::string name;
  QuestionState state = QuestionState::kApproved;
  bool operator==(const QuestionEntry&) const = default;
};
/// The written answer of a public question; it is answered from here on.
struct AnswerEntry {
  std::string id;
  std::string answer;
  bool operator==(const AnswerEntry&) const = default;
};
struct StateEntry {
  EventState state = EventState::kPlanned;
  bool operator==(const StateEntry&) const = default;
};
/// The question is public no longer: open pages drop it.
struct RemovedEntry {
  std::string id;
  bool operator==(const RemovedEntry&) const = default;
};

/// One line of an event's public log.
struct LogEntry {
  WallTime at{};
  /// Media time of the take; none outside a broadcast.
  std::optional<std::int64_t> media_ms;
  std::variant<QuestionEntry, AnswerEntry, StateEntry, RemovedEntry> body;

  bool operator==(const LogEntry&) const = default;
};

/// `{"type":"question","at":…,"media_ms":…,"id":…,"text":…,"name":…,"state":…}`,
/// `{"type":"answer",…,"id":…,"answer":…}`, `{"type":"state",…,"state":…}`,
/// `{"type":"removed",…,"id":…}`.
[[nodiscard]] nlohmann::json to_json(const LogEntry& entry);
[[nodiscard]] Result<LogEntry> log_entry_from_json(const nlohmann::json& json);

/// What the public log says when a question changes from `before` (none: it is new) to `after`:
/// entries in this order; empty when viewers see no difference. PublicLog::record acts on it.
[[nodiscard]] std::vector<LogEntry> entries_for(const std::optional<Question>& before,
                                                const Question& after, WallTime now,
                                                std::optional<std::int64_t> media_ms);

}  // namespace estrad::webcast
