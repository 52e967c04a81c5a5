#include "base/text.h"
#include "web/desk.h"
#include "web/handlers.h"
#include "web/staff/lists.h"
#include "webcast/event_json.h"

namespace estrad::web {
namespace {

nlohmann::json event_json(const webcast::Event& event, const std::string& site) {
  nlohmann::json out = webcast::to_json(event);
  out["watch_url"] = site + "/w/" + event.plan.slug;
  nlohmann::json commands = nlohmann::json::array();
  for (const webcast::Command command : webcast::allowed_commands(event.state)) {
    commands.push_back(to_string(command));
  }
  out["commands"] = std::move(commands);
  return out;
}

Reply<webcast::Event> event_answer(Desk& desk, const ExchangePtr& exchange, unsigned status) {
  return answer<webcast::Event>(
      desk, exchange, [site = public_url(desk, *exchange), status](const webcast::Event& event) {
        return json_response(status, event_json(event, site));
      });
}

PlanChange change_by(nlohmann::json patch) {
  return [patch = std::move(patch)](const webcast::EventPlan& base) {
    return webcast::plan_from_json(base, patch);
  };
}

Result<EventFilter> filter_of(const Exchange& exchange) {
  EventFilter filter;
  auto page = page_of(exchange);
  if (!page) {
    return fail(std::move(page).error());
  }
  filter.page = std::move(*page);
  if (const auto state = exchange.query("state")) {
    filter.state = webcast::parse_event_state(*state);
    if (!filter.state) {
      return fail(invalid_field("state", "\"" + *state + "\" is not a state of an event"));
    }
  }
  filter.series = exchange.query("series").value_or("");
  filter.text = exchange.query("q").value_or("");
  return filter;
}

/// A new event is planned, unless its body says that it is a draft.
Result<webcast::EventState> take_first_state(nlohmann::json& body) {
  const auto found = body.find("state");
  if (found == body.end() || *found == "planned") {
    body.erase("state");
    return webcast::EventState::kPlanned;
  }
  if (*found != "draft") {
    return fail(invalid_field("state", "A new event is \"planned\" or a \"draft\"."));
  }
  body.erase("state");
  return webcast::EventState::kDraft;
}

}  // namespace

void list_events(Desk& desk, const ExchangePtr& exchange) {
  auto filter = filter_of(*exchange);
  if (!filter) {
    return exchange->send(problem(filter.error()));
  }
  desk.backend.list_events(
      std::move(*filter),
      answer<Listing<webcast::Event>>(
          desk, exchange,
          [site = public_url(desk, *exchange)](const Listing<webcast::Event>& listing) {
            return list_response(
                listing, [&site](const webcast::Event& event) { return event_json(event, site); });
          }));
}

void create_event(Desk& desk, const ExchangePtr& exchange) {
  auto body = json_object(*exchange);
  if (!body) {
    return exchange->send(problem(body.error()));
  }
  const auto state = take_first_state(*body);
  if (!state) {
    return exchange->send(problem(state.error()));
  }
  desk.backend.create_event(change_by(std::move(*body)), *state, event_answer(desk, exchange, 201));
}

void show_staff_event(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.get_event(exchange->param("slug"), event_answer(desk, exchange, 200));
}

void change_event(Desk& desk, const ExchangePtr& exchange) {
  auto body = json_object(*exchange);
  if (!body) {
    return exchange->send(problem(body.error()));
  }
  desk.backend.change_event(exchange->param("slug"), change_by(std::move(*body)),
                            event_answer(desk, exchange, 200));
}

void remove_event(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.remove_event(exchange->param("slug"), answer<void>(desk, exchange, no_content));
}

void copy_event(Desk& desk, const ExchangePtr& exchange) {
  auto body = json_object(*exchange);
  if (!body) {
    return exchange->send(problem(body.error()));
  }
  desk.backend.copy_event(exchange->param("slug"), change_by(std::move(*body)),
                          event_answer(desk, exchange, 201));
}

void command_event(Desk& desk, const ExchangePtr& exchange) {
  const auto message =
      read_body(exchange, [](Fields& fields) { return fields.text("message").value_or(""); });
  if (!message) {
    return;
  }
  const auto command = webcast::parse_command(split(exchange->path(), '/').back());
  if (!command) {
    return exchange->send(problem(404, "There is no such command."));
  }
  desk.backend.command_event(exchange->param("slug"), *command, *message,
                             exchange->identity.principal, event_answer(desk, exchange, 200));
}

}  // namespace estrad::web
