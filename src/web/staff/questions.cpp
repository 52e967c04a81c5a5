#include "web/desk.h"
#include "web/handlers.h"
#include "web/staff/lists.h"
#include "webcast/event_json.h"

namespace estrad::web {
namespace {

constexpr std::uint32_t kSlowestMode = 3600;

}  // namespace

void list_questions(Desk& desk, const ExchangePtr& exchange) {
  auto page = page_of(*exchange);
  if (!page) {
    return exchange->send(problem(page.error()));
  }
  std::optional<webcast::QuestionState> state;
  if (const auto name = exchange->query("state")) {
    state = webcast::parse_question_state(*name);
    if (!state) {
      return exchange->send(
          problem(invalid_field("state", "\"" + *name + "\" is not a state of a question")));
    }
  }
  desk.backend.list_questions(exchange->param("slug"), state, *page,
                              answer<Listing<webcast::Question>>(
                                  desk, exchange, [](const Listing<webcast::Question>& listing) {
                                    return list_response(listing, webcast::to_staff_json);
                                  }));
}

void change_question(Desk& desk, const ExchangePtr& exchange) {
  const auto body = json_object(*exchange);
  if (!body) {
    return exchange->send(problem(body.error()));
  }
  const webcast::Principal& by = exchange->identity.principal;
  const auto change = webcast::question_change_from_json(*body, by.name);
  if (!change) {
    return exchange->send(problem(change.error()));
  }
  desk.backend.change_question(
      exchange->param("slug"), exchange->param("id"), *change, by,
      answer<webcast::Question>(desk, exchange, [](const webcast::Question& question) {
        return json_response(200, webcast::to_staff_json(question));
      }));
}

void change_moderation(Desk& desk, const ExchangePtr& exchange) {
  const auto change = read_body(exchange, [](Fields& fields) {
    ModerationChange read;
    read.mode = fields.choice("mode", webcast::parse_question_mode, "moderated, open, off");
    read.slow_s = fields.number("slow_s", kSlowestMode);
    read.are_links_allowed = fields.boolean("links");
    return read;
  });
  if (!change) {
    return;
  }
  desk.backend.change_moderation(
      exchange->param("slug"), *change,
      answer<webcast::Event>(desk, exchange, [](const webcast::Event& event) {
        return json_response(200, {{"mode", to_string(event.plan.questions)},
                                   {"slow_s", event.moderation.slow_s},
                                   {"links", event.moderation.are_links_allowed}});
      }));
}

}  // namespace estrad::web
