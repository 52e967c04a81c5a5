#pragma once

#include <map>
#include <memory>
#include <string>

#include "glib/event_loop.h"
#include "web/event_stream.h"

namespace estrad::web {

/// The open consoles of one http loop, by the event that they show; an empty slug is the console
/// over all events.
class Consoles {
 public:
  Consoles(glib::EventLoop& loop, milliseconds heartbeat);

  /// Where `slug` is empty the console hears everything.
  void open(const std::string& slug, std::unique_ptr<EventStream> stream);
  void tell(const std::string& slug, const std::string& name, const std::string& json);
  [[nodiscard]] std::size_t size() const { return open_.size(); }

 private:
  void drop_closed();

  std::multimap<std::string, std::unique_ptr<EventStream>> open_;
  glib::Timer heartbeat_;
};

}  // namespace estrad::web
