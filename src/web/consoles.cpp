#include "web/consoles.h"

#include <utility>

namespace estrad::web {

Consoles::Consoles(glib::EventLoop& loop, milliseconds heartbeat) : heartbeat_(loop) {
  heartbeat_.start_repeating(heartbeat, [this] {
    drop_closed();
    for (const auto& [slug, stream] : open_) {
      stream->beat();
    }
  });
}

void Consoles::open(const std::string& slug, std::unique_ptr<EventStream> stream) {
  open_.emplace(slug, std::move(stream));
}

void Consoles::tell(const std::string& slug, const std::string& name, const std::string& json) {
  for (const auto& [shown, stream] : open_) {
    if (slug.empty() || shown.empty() || shown == slug) {
      stream->send(name, json);
    }
  }
}

void Consoles::drop_closed() {
  std::erase_if(open_, [](const auto& entry) { return !entry.second->is_open(); });
}

}  // namespace estrad::web
