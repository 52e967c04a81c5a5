#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "glib/event_loop.h"
#include "web/backend.h"
#include "web/exchange.h"
#include "web/shelf.h"

namespace estrad::web {

/// Gives out pages of the public log; requests for the page that is open now, or the next, wait
/// here until it closes. Lives on one http loop.
class LogWaits {
 public:
  LogWaits(glib::EventLoop& loop, const Shelf& shelf, Backend& backend, const Clock& clock,
           milliseconds longest_wait);

  void send_page(const ExchangePtr& exchange, const std::string& slug, std::uint64_t number);
  /// The shelf has a new log of the event: answers what waited for it.
  void log_changed(const std::string& slug);

 private:
  struct Waiting {
    ExchangePtr exchange;
    std::uint64_t number;
    SteadyTime since;
  };
  /// False when the page has not closed yet.
  bool try_answer(const Waiting& waiting, const std::string& slug);
  void check_overdue();

  // set once
  glib::EventLoop& loop_;
  const Shelf& shelf_;
  Backend& backend_;
  const Clock& clock_;
  milliseconds longest_wait_;

  // its loop only
  std::map<std::string, std::vector<Waiting>> waiting_;
  glib::Timer overdue_;
};

}  // namespace estrad::web
