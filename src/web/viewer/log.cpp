#include "base/text.h"
#include "web/desk.h"
#include "web/handlers.h"
#include "web/viewer/log_state.h"
#include "web/viewer/place.h"
#include "webcast/log_state.h"

namespace estrad::web {

SharedBytes log_state_of(const Desk& desk, const webcast::Event& event) {
  if (const auto log = desk.shelf.log(event.plan.slug)) {
    return log->state;
  }
  // An event whose log has not been opened on this run: its state is all there is to say.
  webcast::LogState state;
  state.state = event.state;
  state.started_at = event.started_at;
  state.ended_at = event.ended_at;
  state.starts_at = event.plan.starts_at;
  state.mode = event.plan.questions;
  state.message = event.cancel_message;
  return share(webcast::render(state));
}

void send_log(Desk& desk, const ExchangePtr& exchange) {
  const auto view = find_event(desk, exchange);
  if (!view) {
    return;
  }
  Response response = json_bytes(log_state_of(desk, view->event)).cached(cache::kOneSecond);
  response.is_cross_origin = true;
  exchange->send(std::move(response));
}

void send_log_page(Desk& desk, const ExchangePtr& exchange) {
  const auto view = find_event(desk, exchange);
  if (!view) {
    return;
  }
  const auto number = parse_u64(exchange->param("number"));
  desk.log_waits.send_page(exchange, view->event.plan.slug, number.value_or(0));
}

void send_log_replay(Desk& desk, const ExchangePtr& exchange) {
  const auto view = find_event(desk, exchange);
  if (!view) {
    return;
  }
  const auto revision = parse_u64(exchange->query("rev").value_or("0"));
  if (!revision) {
    return exchange->send(problem(invalid_field("rev", "rev must be a whole number")));
  }
  desk.backend.read_log_replay(
      view->event.plan.slug, *revision, answer<SharedBytes>(desk, exchange, [](SharedBytes replay) {
        // Removals raise the revision, and must be gone within half a
        // minute under the old one too.
        Response response = json_bytes(std::move(replay)).cached(cache::kLogPage);
        response.is_cross_origin = true;
        return response;
      }));
}

}  // namespace estrad::web
