#pragma once

#include <functional>
#include <type_traits>
#include <utility>

#include "base/clock.h"
#include "base/reply.h"
#include "glib/event_loop.h"
#include "web/address.h"
#include "web/assets.h"
#include "web/backend.h"
#include "web/consoles.h"
#include "web/counters.h"
#include "web/delivery.h"
#include "web/exchange.h"
#include "web/guard.h"
#include "web/log_waits.h"
#include "web/problem.h"
#include "web/shelf.h"
#include "web/site.h"

namespace estrad::web {

/// What a route's handler has at hand on its http loop.
struct Desk {
  glib::EventLoop& loop;
  const SiteOptions& options;
  const AddressRanges& trusted_proxies;
  const Assets& assets;
  Backend& backend;
  const Clock& clock;
  Counters& counters;
  Shelf& shelf;
  Guard& guard;
  Delivery& delivery;
  LogWaits& log_waits;
  Consoles& consoles;
};

/// A Reply that comes home to the loop and answers the exchange: with what `render` makes of the
/// value (for Reply<void>: of nothing), or with the error as a problem.
template <typename T, typename Render>
Reply<T> answer(Desk& desk, ExchangePtr exchange, Render render) {
  return [&loop = desk.loop, exchange = std::move(exchange),
          render = std::move(render)](Result<T> result) {
    loop.post([exchange, render, result = std::move(result)]() mutable {
      if (!result) {
        return exchange->send(problem(result.error()));
      }
      if constexpr (std::is_void_v<T>) {
        exchange->send(render());
      } else {
        exchange->send(render(std::move(*result)));
      }
    });
  };
}

/// `https://host` of this instance: `http.public_url`, else as the request was addressed.
[[nodiscard]] std::string public_url(const Desk& desk, const Exchange& exchange);

}  // namespace estrad::web
