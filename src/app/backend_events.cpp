// Events and their commands.
#include "app/backend.h"
#include "base/log.h"

namespace estrad::app {

void Backend::note(const webcast::Principal& by, std::string action, std::string subject,
                   std::string detail) {
  store::AuditEntry entry{parts_.clock.wall(), by.name, std::move(action), std::move(subject),
                          std::move(detail)};
  parts_.store.run<void>(
      [](Status noted) {
        if (!noted) {
          log::write(std::move(noted).error().in("audit trail"));
        }
      },
      [entry = std::move(entry)](store::Store& store) { return store.audit_trail.add(entry); });
}

void Backend::list_events(web::EventFilter filter, Reply<web::Listing<webcast::Event>> reply) {
  store::EventQuery query;
  query.state = filter.state;
  query.series = std::move(filter.series);
  query.q = std::move(filter.text);
  query.page = {filter.page.limit, std::move(filter.page.after)};
  parts_.store.run<web::Listing<webcast::Event>>(
      std::move(reply),
      [query = std::move(query)](store::Store& store) -> Result<web::Listing<webcast::Event>> {
        auto events = store.events.list(query);
        if (!events) {
          return fail(std::move(events).error());
        }
        web::Listing<webcast::Event> listing{std::move(events->items)};
        if (!events->next.empty()) {
          listing.next = std::move(events->next);
        }
        return listing;
      });
}

void Backend::create_event(web::PlanChange change, webcast::EventState state,
                           Reply<webcast::Event> reply) {
  on_live<webcast::Event>(
      std::move(reply),
      [change = std::move(change), state](live::Broadcasts& live, Reply<webcast::Event> answer) {
        auto plan = change({});
        if (!plan) {
          answer(fail(std::move(plan).error()));
          return;
        }
        live.create_event(std::move(*plan), state, std::move(answer));
      });
}

void Backend::get_event(std::string slug, Reply<webcast::Event> reply) {
  on_event<webcast::Event>(
      std::move(slug), std::move(reply),
      [](live::Broadcasts& live, std::string id, Reply<webcast::Event> answer) {
        live.find_event(std::move(id), std::move(answer));
      });
}

void Backend::change_event(std::string slug, web::PlanChange change, Reply<webcast::Event> reply) {
  on_event<webcast::Event>(std::move(slug), std::move(reply),
                           [change = std::move(change)](live::Broadcasts& live, std::string id,
                                                        Reply<webcast::Event> answer) mutable {
                             live.revise_event(std::move(id), std::move(change), std::move(answer));
                           });
}

void Backend::remove_event(std::string slug, Reply<void> reply) {
  on_event<void>(std::move(slug), std::move(reply),
                 [](live::Broadcasts& live, std::string id, Reply<void> answer) {
                   live.delete_event(std::move(id), std::move(answer));
                 });
}

void Backend::copy_event(std::string slug, web::PlanChange change, Reply<webcast::Event> reply) {
  on_event<webcast::Event>(
      std::move(slug), std::move(reply),
      [change = std::move(change)](live::Broadcasts& live, std::string id,
                                   Reply<webcast::Event> answer) mutable {
        auto make = [&live, change = std::move(change),
                     answer = std::move(answer)](Result<webcast::Event> source) mutable {
          auto plan = source ? change(source->plan)
                             : Result<webcast::EventPlan>(fail(std::move(source).error()));
          if (!plan) {
            answer(fail(std::move(plan).error()));
            return;
          }
          live.create_event(std::move(*plan), webcast::EventState::kPlanned, std::move(answer));
        };
        // Answers on the live loop, where `live` is alive.
        live.find_event(std::move(id), std::move(make));
      });
}

void Backend::command_event(std::string slug, webcast::Command command, std::string message,
                            webcast::Principal by, Reply<webcast::Event> reply) {
  auto noted = [this, slug, command, by = std::move(by),
                reply = std::move(reply)](Result<webcast::Event> event) {
    if (event) {
      note(by, "event." + std::string(webcast::to_string(command)), "event " + slug);
    }
    reply(std::move(event));
  };
  on_event<webcast::Event>(
      std::move(slug), std::move(noted),
      [command, message = std::move(message)](live::Broadcasts& live, std::string id,
                                              Reply<webcast::Event> answer) mutable {
        live.command(std::move(id), command, std::move(message), std::move(answer));
      });
}

}  // namespace estrad::app
