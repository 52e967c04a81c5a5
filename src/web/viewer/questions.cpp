#include "web/desk.h"
#include "web/handlers.h"
#include "web/json_body.h"
#include "web/viewer/place.h"

namespace estrad::web {
namespace {

constexpr const char* kSecretHeader = "Question-Secret";

Response cross_origin(Response response) {
  response.is_cross_origin = true;
  return response;
}

}  // namespace

void ask_question(Desk& desk, const ExchangePtr& exchange) {
  const auto view = find_event(desk, exchange);
  if (!view) {
    return;
  }
  const auto body = json_object(*exchange);
  if (!body) {
    return exchange->send(problem(body.error()));
  }
  Fields fields(*body);
  AskedQuestion question;
  question.text = fields.required_text("text");
  question.name = fields.text("name").value_or("");
  question.viewer = exchange->header("Viewer");
  question.client_address = exchange->client_address();
  if (const Status read = fields.finish(); !read) {
    return exchange->send(problem(read.error()));
  }
  desk.backend.ask(
      view->event.plan.slug, std::move(question),
      answer<AskOutcome>(desk, exchange, [](const AskOutcome& outcome) {
        if (outcome.retry_after.count() > 0) {
          return cross_origin(too_many(outcome.retry_after));
        }
        return cross_origin(json_response(202, {{"id", outcome.asked.question.id},
                                                {"state", to_string(outcome.asked.question.state)},
                                                {"secret", outcome.asked.secret}}));
      }));
}

void show_asked(Desk& desk, const ExchangePtr& exchange) {
  const auto view = find_event(desk, exchange);
  if (!view) {
    return;
  }
  desk.backend.get_asked(
      view->event.plan.slug, exchange->param("id"), std::string(exchange->header(kSecretHeader)),
      answer<webcast::Question>(desk, exchange, [](const webcast::Question& question) {
        return cross_origin(json_response(200, webcast::to_asker_json(question)));
      }));
}

void withdraw_asked(Desk& desk, const ExchangePtr& exchange) {
  const auto view = find_event(desk, exchange);
  if (!view) {
    return;
  }
  desk.backend.withdraw_asked(
      view->event.plan.slug, exchange->param("id"), std::string(exchange->header(kSecretHeader)),
      answer<void>(desk, exchange, [] { return cross_origin(no_content()); }));
}

}  // namespace estrad::web
