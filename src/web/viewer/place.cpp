#include "web/viewer/place.h"

#include "base/text.h"
#include "web/media_response.h"

namespace estrad::web {

Shelf::EventPtr find_event(Desk& desk, const ExchangePtr& exchange) {
  const Shelf::Place place = desk.shelf.find(exchange->param("slug"));
  if (place.event && webcast::has_public_page(place.event->event)) {
    return place.event;
  }
  if (place.is_deleted) {
    exchange->send(refusal(410, "The event has been deleted."));
  } else if (!place.moved_to.empty() && desk.shelf.event(place.moved_to)) {
    Response response = moved_to(moved_path(*exchange, place.moved_to));
    response.is_cross_origin = true;
    exchange->send(std::move(response));
  } else {
    exchange->send(refusal(404, "There is no such event."));
  }
  return nullptr;
}

std::string moved_path(const Exchange& exchange, const std::string& slug) {
  const auto steps = split(exchange.path(), '/');
  std::string path;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    // /w/SLUG/… and /embed/SLUG
    path += "/" + (i == 2 ? slug : std::string(steps[i]));
  }
  if (!exchange.raw_query().empty()) {
    path += "?" + std::string(exchange.raw_query());
  }
  return path;
}

}  // namespace estrad::web
