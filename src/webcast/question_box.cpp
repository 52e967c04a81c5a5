#include "webcast/question_box.h"

#include <algorithm>

#include <spdlog/fmt/fmt.h>

#include "base/ids.h"
#include "base/text.h"
#include "webcast/plain_text.h"

namespace estrad::webcast {
namespace {

constexpr TextLimits kTextLimits{1, 2'000};
constexpr TextLimits kNameLimits{0, 60};

bool has_link(std::string_view text) {
  const std::string lower = to_lower_ascii(text);
  return lower.find("://") != std::string::npos || lower.find("www.") != std::string::npos;
}

Error no_such_question() {
  return not_found("there is no such question");
}

Status check_event(const Event& event) {
  if (accepts_questions(event)) {
    return {};
  }
  if (event.plan.questions == QuestionMode::kOff) {
    return fail(conflict("the question box is off"));
  }
  return fail(conflict(fmt::format("the event is {}: questions are taken in the lobby and live",
                                   to_string(event.state))));
}

Result<Question> read_question(const Event& event, const Asking& asking) {
  auto text = plain_block("text", asking.text, kTextLimits);
  if (!text) {
    return fail(std::move(text).error());
  }
  if (!event.moderation.are_links_allowed && has_link(*text)) {
    return fail(invalid_field("text", "takes no links at this event"));
  }
  auto name = plain_line("name", asking.name, kNameLimits);
  if (!name) {
    return fail(std::move(name).error());
  }
  Question question;
  question.event_id = event.id;
  question.text = std::move(*text);
  question.name = std::move(*name);
  question.state = event.plan.questions == QuestionMode::kOpen ? QuestionState::kApproved
                                                               : QuestionState::kPending;
  question.media_ms = asking.media_ms;
  question.sender = asking.address;
  return question;
}

}  // namespace

QuestionBox::QuestionBox(const QuestionBoxLimits& limits)
    : limits_(limits), ask_limits_(limits.allowances) {}

void QuestionBox::restore(std::vector<Question> questions) {
  for (auto& question : questions) {
    put(std::move(question));
  }
}

milliseconds QuestionBox::wait(const Event& event, const Asking& asking, SteadyTime now) const {
  return ask_limits_.wait(asking.viewer, asking.address,
                          std::chrono::seconds(event.moderation.slow_s), now);
}

Result<Asked> QuestionBox::ask(const Event& event, const Asking& asking, const Clock& clock) {
  if (auto open = check_event(event); !open) {
    return fail(std::move(open).error());
  }
  auto question = read_question(event, asking);
  if (!question) {
    return fail(std::move(question).error());
  }
  if (const auto wait_ms = wait(event, asking, clock.steady()); wait_ms > milliseconds::zero()) {
    return fail(unavailable(fmt::format("too many questions from here; try again in {} s",
                                        std::chrono::ceil<std::chrono::seconds>(wait_ms).count())));
  }
  if (questions_.size() >= limits_.most_questions ||
      count(QuestionState::kPending) >= limits_.most_pending) {
    return fail(unavailable("the question box is full; try again in a while"));
  }
  ask_limits_.count(asking.viewer, asking.address, clock.steady());
  Asked asked{std::move(*question), random_id(26)};
  asked.question.id = random_id(16);
  asked.question.asked_at = clock.wall();
  asked.question.changed_at = asked.question.asked_at;
  asked.question.secret_hash = sha256_hex(asked.secret);
  put(asked.question);
  return asked;
}

Result<Question> QuestionBox::change(std::string_view id, const QuestionChange& change,
                                     WallTime now) {
  auto before = find(id);
  if (!before) {
    return fail(no_such_question());
  }
  auto after = changed(std::move(*before), change, now);
  if (after) {
    put(*after);
  }
  return after;
}

Result<Question> QuestionBox::find_own(std::string_view id, std::string_view secret) const {
  auto question = find(id);
  if (!question || !equal_secrets(question->secret_hash, sha256_hex(secret))) {
    return fail(no_such_question());
  }
  return *question;
}

Result<Question> QuestionBox::withdraw(std::string_view id, std::string_view secret, WallTime now) {
  auto question = find_own(id, secret);
  if (!question) {
    return question;
  }
  if (question->state == QuestionState::kRemoved) {
    return fail(conflict("the question has been removed already"));
  }
  question->state = QuestionState::kRemoved;
  question->reason = RemovalReason::kAsker;
  question->changed_at = now;
  question->text.clear();
  question->name.clear();
  question->answer.clear();
  put(*question);
  return question;
}

void QuestionBox::roll_back(std::string_view id, std::optional<Question> before) {
  if (before) {
    put(std::move(*before));
    return;
  }
  const auto found = asked_at_.find(std::string(id));
  if (found != asked_at_.end()) {
    erase({found->second, found->first});
    asked_at_.erase(found);
  }
}

std::optional<Question> QuestionBox::find(std::string_view id) const {
  const auto found = asked_at_.find(std::string(id));
  if (found == asked_at_.end()) {
    return std::nullopt;
  }
  return questions_.at({found->second, found->first});
}

std::vector<Question> QuestionBox::list(std::optional<QuestionState> state) const {
  std::vector<Question> listed;
  for (const auto& [key, question] : questions_) {
    if (!state || question.state == *state) {
      listed.push_back(question);
    }
  }
  return listed;
}

std::vector<Question> QuestionBox::list_public() const {
  std::vector<Question> listed;
  for (const auto& [key, question] : questions_) {
    if (is_public(question.state)) {
      listed.push_back(question);
    }
  }
  return listed;
}

std::size_t QuestionBox::count(QuestionState state) const {
  const auto found = counts_.find(state);
  return found == counts_.end() ? 0 : found->second;
}

void QuestionBox::put(Question question) {
  const Key key{question.asked_at, question.id};
  erase(key);
  asked_at_[question.id] = question.asked_at;
  ++counts_[question.state];
  questions_.emplace(key, std::move(question));
}

void QuestionBox::erase(const Key& key) {
  const auto found = questions_.find(key);
  if (found != questions_.end()) {
    --counts_[found->second.state];
    questions_.erase(found);
  }
}

}  // namespace estrad::webcast
