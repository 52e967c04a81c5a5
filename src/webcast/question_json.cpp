#include <nlohmann/json.hpp>

#include "base/text.h"
#include "webcast/question.h"

namespace estrad::webcast {
namespace {

using nlohmann::json;

Status read(QuestionChange& change, const std::string& name, const json& value,
            const std::string& staff_name) {
  if (name == "claim") {
    if (!value.is_boolean()) {
      return fail(invalid_field(name, "takes true or false"));
    }
    change.claimed_by = value.get<bool>() ? staff_name : std::string();
    return {};
  }
  const bool is_known = name == "state" || name == "answer" || name == "reason";
  if (!is_known) {
    return fail(invalid_field(name, "is not a field of a question's change"));
  }
  if (!value.is_string()) {
    return fail(invalid_field(name, "takes a text"));
  }
  const auto& text = value.get_ref<const std::string&>();
  if (name == "answer") {
    change.answer = text;
    return {};
  }
  if (name == "state") {
    change.state = parse_question_state(text);
    return change.state ? Status()
                        : fail(invalid_field(name,
                                             "takes pending, approved, answering, answered, "
                                             "dismissed or removed"));
  }
  change.reason = parse_removal_reason(text);
  if (!change.reason || change.reason == RemovalReason::kAsker) {
    return fail(invalid_field(name,
                              "takes unlawful_threat, incitement, agitation, privacy, violence, "
                              "child_abuse, terrorism, copyright, personal_data or other"));
  }
  return {};
}

json or_null(const std::optional<std::int64_t>& number) {
  return number ? json(*number) : json();
}

}  // namespace

Result<QuestionChange> question_change_from_json(const json& body, const std::string& staff_name) {
  if (!body.is_object()) {
    return fail(invalid_input("the body is to be a JSON object"));
  }
  QuestionChange change;
  for (const auto& [name, value] : body.items()) {
    if (auto taken = read(change, name, value, staff_name); !taken) {
      return fail(std::move(taken).error());
    }
  }
  return change;
}

json to_staff_json(const Question& question) {
  return {{"id", question.id},
          {"text", question.text},
          {"name", question.name},
          {"state", to_string(question.state)},
          {"answer", question.answer},
          {"reason", question.reason ? json(to_string(*question.reason)) : json()},
          {"claimed_by", question.claimed_by.empty() ? json() : json(question.claimed_by)},
          {"asked_at", format_rfc3339(question.asked_at)},
          {"changed_at", format_rfc3339(question.changed_at)},
          {"media_ms", or_null(question.media_ms)}};
}

json to_public_json(const Question& question) {
  return {{"id", question.id},
          {"text", question.text},
          {"name", question.name},
          {"state", to_string(question.state)},
          {"answer", question.answer},
          {"at", format_rfc3339(question.asked_at)},
          {"media_ms", or_null(question.media_ms)}};
}

json to_asker_json(const Question& question) {
  json out = {{"id", question.id}, {"state", to_string(question.state)}};
  if (question.state != QuestionState::kRemoved) {
    out["text"] = question.text;
    out["name"] = question.name;
    out["answer"] = is_public(question.state) ? question.answer : std::string();
  }
  return out;
}

}  // namespace estrad::webcast
