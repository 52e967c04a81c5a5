#include "store/questions.h"

#include "store/cursor.h"
#include "store/statement.h"

namespace estrad::store {
namespace {

using webcast::Question;

Result<Question> read_question(const Row& row) {
  const auto state = webcast::parse_question_state(row.text("state"));
  if (!state) {
    return fail(internal_error("a question has an unknown state"));
  }
  Question question;
  question.id = row.text("id");
  question.event_id = row.text("event_id");
  question.text = row.text("body");
  question.name = row.text("name");
  question.state = *state;
  question.answer = row.text("answer");
  question.reason = webcast::parse_removal_reason(row.text("reason"));
  question.claimed_by = row.text("claimed_by");
  question.asked_at = row.time("asked_at");
  question.changed_at = row.time("changed_at");
  question.media_ms = row.optional_number("media_ms");
  question.secret_hash = row.text("secret_hash");
  question.sender = row.text("sender");
  return question;
}

}  // namespace

Status Questions::save(const Question& question) {
  auto saved =
      Statement(database_,
                "INSERT INTO questions (id, event_id, body, name, state, answer, reason, "
                "claimed_by, asked_at, changed_at, media_ms, secret_hash, sender) VALUES (:id, "
                ":event_id, :body, :name, :state, :answer, :reason, :claimed_by, :asked_at, "
                ":changed_at, :media_ms, :secret_hash, :sender) ON CONFLICT (id) DO UPDATE SET "
                "body = excluded.body, name = excluded.name, state = excluded.state, "
                "answer = excluded.answer, reason = excluded.reason, "
                "claimed_by = excluded.claimed_by, changed_at = excluded.changed_at, "
                "sender = excluded.sender")
          .text("id", question.id)
          .text("event_id", question.event_id)
          .text("body", question.text)
          .text("name", question.name)
          .text("state", to_string(question.state))
          .text("answer", question.answer)
          .text("reason", question.reason ? to_string(*question.reason) : std::string_view())
          .text("claimed_by", question.claimed_by)
          .time("asked_at", question.asked_at)
          .time("changed_at", question.changed_at)
          .number("media_ms", question.media_ms)
          .text("secret_hash", question.secret_hash)
          .text("sender", question.sender)
          .run();
  return saved ? Status() : fail(std::move(saved).error().in("question"));
}

Result<Page<Question>> Questions::list(std::string_view event_id, const QuestionQuery& query) {
  std::string sql = "SELECT * FROM questions WHERE event_id = :event_id";
  if (query.state) {
    sql += " AND state = :state";
  }
  if (!query.page.after.empty()) {
    sql += " AND (asked_at > :after_at OR (asked_at = :after_at AND id > :after_id))";
  }
  Statement statement(database_, sql + " ORDER BY asked_at, id LIMIT :limit");
  statement.text("event_id", event_id).number("limit", limit_for(query.page));
  if (query.state) {
    statement.text("state", to_string(*query.state));
  }
  if (!query.page.after.empty()) {
    auto cursor = parse_cursor(query.page.after);
    if (!cursor) {
      return fail(std::move(cursor).error());
    }
    statement.number("after_at", cursor->number).text("after_id", cursor->id);
  }
  auto questions = statement.all(&read_question);
  if (!questions) {
    return fail(std::move(questions).error());
  }
  return make_page(std::move(*questions), query.page, [](const Question& question) {
    return format_cursor(epoch_ms(question.asked_at), question.id);
  });
}

Result<std::vector<Question>> Questions::all(std::string_view event_id) {
  return Statement(database_,
                   "SELECT * FROM questions WHERE event_id = :event_id ORDER BY asked_at, id")
      .text("event_id", event_id)
      .all(&read_question);
}

}  // namespace estrad::store
