#pragma once

#include <memory>
#include <string>

#include <libsoup/soup.h>

#include "glib/event_loop.h"
#include "glib/handle.h"
#include "glib/ref.h"
#include "web/connections.h"
#include "web/desk.h"
#include "web/rates.h"

namespace estrad::web {

/// What all http loops share, and none changes.
struct FrontSetup {
  SiteOptions options;
  AddressRanges trusted_proxies;
  AddressRanges metrics_allow;
  std::shared_ptr<const Assets> assets;
};

/// One http loop's server: takes requests from libsoup, checks their size, rate and sender, and
/// hands them to their route. Everything on it is made, used and destroyed on the loop.
class Front {
 public:
  Front(glib::EventLoop& loop, const FrontSetup& setup, Backend& backend, Counters& counters,
        ViewerCounts& viewers, Connections::Gone gone);
  ~Front();
  Front(const Front&) = delete;
  Front& operator=(const Front&) = delete;

  void take(const glib::Ref<GSocketConnection>& connection, std::string address);
  [[nodiscard]] Desk& desk() { return desk_; }

 private:
  // Called by libsoup, in this order for each request.
  static void on_started(SoupServer* server, SoupServerMessage* message, gpointer self) noexcept;
  static void on_headers(SoupServer* server, SoupServerMessage* message, const char* path,
                         GHashTable* query, gpointer self) noexcept;
  static void on_chunk(SoupServerMessage* message, GBytes* chunk, gpointer self) noexcept;
  static void on_request(SoupServer* server, SoupServerMessage* message, const char* path,
                         GHashTable* query, gpointer self) noexcept;
  static void on_finished(SoupServer* server, SoupServerMessage* message, gpointer self) noexcept;

  void check_size(SoupServerMessage* message, Connection& connection);
  void serve(const ExchangePtr& exchange);
  void refuse_unrouted(const ExchangePtr& exchange, const RouteMatch& match);
  [[nodiscard]] bool is_within_rate(const ExchangePtr& exchange);
  void run(const ExchangePtr& exchange);
  void keep_alive();
  [[nodiscard]] ExchangePtr make_exchange(SoupServerMessage* message, const Connection& connection);

  // set once
  glib::EventLoop& loop_;
  const FrontSetup& setup_;
  Counters& counters_;
  SystemClock clock_;

  // its loop only
  Shelf shelf_;
  Guard guard_;
  Delivery delivery_;
  LogWaits log_waits_;
  Consoles consoles_;
  Rates rates_;
  Connections connections_;
  glib::Ref<SoupServer> server_;
  /// The far end of the listener that never hears anything.
  glib::Fd silence_;
  Desk desk_;
};

}  // namespace estrad::web
