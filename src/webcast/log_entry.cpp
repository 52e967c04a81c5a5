#include "webcast/log_entry.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace estrad::webcast {
namespace {

using nlohmann::json;

void write(json& out, const QuestionEntry& entry) {
  out["type"] = "question";
  out["id"] = entry.id;
  out["text"] = entry.text;
  out["name"] = entry.name;
  out["state"] = to_string(entry.state);
}

void write(json& out, const AnswerEntry& entry) {
  out["type"] = "answer";
  out["id"] = entry.id;
  out["answer"] = entry.answer;
}

void write(json& out, const StateEntry& entry) {
  out["type"] = "state";
  out["state"] = to_string(entry.state);
}

void write(json& out, const RemovedEntry& entry) {
  out["type"] = "removed";
  out["id"] = entry.id;
}

std::string text(const json& in, const char* name) {
  const auto found = in.find(name);
  return found != in.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The body by its type; false when it is none of ours.
bool read_body(LogEntry& entry, const json& in) {
  const std::string type = text(in, "type");
  if (type == "question") {
    const auto state = parse_question_state(text(in, "state"));
    entry.body = QuestionEntry{text(in, "id"), text(in, "text"), text(in, "name"),
                               state.value_or(QuestionState::kApproved)};
    return state.has_value();
  }
  if (type == "answer") {
    entry.body = AnswerEntry{text(in, "id"), text(in, "answer")};
    return true;
  }
  if (type == "state") {
    const auto state = parse_event_state(text(in, "state"));
    entry.body = StateEntry{state.value_or(EventState::kPlanned)};
    return state.has_value();
  }
  entry.body = RemovedEntry{text(in, "id")};
  return type == "removed";
}

}  // namespace

json to_json(const LogEntry& entry) {
  json out = {{"at", format_rfc3339(entry.at)},
              {"media_ms", entry.media_ms ? json(*entry.media_ms) : json()}};
  std::visit([&](const auto& body) { write(out, body); }, entry.body);
  return out;
}

Result<LogEntry> log_entry_from_json(const json& in) {
  if (!in.is_object()) {
    return fail(internal_error("a log entry is not an object"));
  }
  LogEntry entry;
  const auto at = parse_rfc3339(text(in, "at"));
  if (!at || !read_body(entry, in)) {
    return fail(internal_error("a log entry has no time or an unknown type"));
  }
  entry.at = *at;
  const auto media = in.find("media_ms");
  if (media != in.end() && media->is_number_integer()) {
    entry.media_ms = media->get<std::int64_t>();
  }
  return entry;
}

std::vector<LogEntry> entries_for(const std::optional<Question>& before, const Question& after,
                                  WallTime now, std::optional<std::int64_t> media_ms) {
  const bool was_public = before && is_public(before->state);
  std::vector<LogEntry> entries;
  if (!is_public(after.state)) {
    if (was_public) {
      entries.push_back({now, media_ms, RemovedEntry{after.id}});
    }
    return entries;
  }
  const bool is_shown_alike = was_public && before->state == after.state &&
                              before->text == after.text && before->name == after.name;
  if (!is_shown_alike) {
    entries.push_back(
        {now, media_ms, QuestionEntry{after.id, after.text, after.name, after.state}});
  }
  const std::string answer_before = was_public ? before->answer : std::string();
  if (after.answer != answer_before) {
    entries.push_back({now, media_ms, AnswerEntry{after.id, after.answer}});
  }
  return entries;
}

}  // namespace estrad::webcast
