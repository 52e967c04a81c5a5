#include <utility>

#include "web/desk.h"
#include "web/handlers.h"

namespace estrad::web {

void open_console(Desk& desk, const ExchangePtr& exchange) {
  using Messages = std::vector<std::pair<std::string, std::string>>;
  const std::string slug = exchange->param("slug");
  desk.backend.open_console(slug, [&desk, exchange, slug](Result<Messages> messages) {
    desk.loop.post([&desk, exchange, slug, messages = std::move(messages)] {
      if (!messages) {
        return exchange->send(problem(messages.error()));
      }
      if (exchange->is_finished()) {
        return;
      }
      auto stream = std::make_unique<EventStream>(exchange);
      for (const auto& [name, json] : *messages) {
        stream->send(name, json);
      }
      desk.consoles.open(slug, std::move(stream));
    });
  });
}

}  // namespace estrad::web
