#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <libsoup/soup.h>

#include "base/clock.h"
#include "glib/event_loop.h"
#include "glib/ref.h"

namespace estrad::web {

/// One client's connection as its http loop knows it.
struct Connection {
  Connection(glib::Ref<GSocket> its_socket, glib::Ref<GSocketAddress> its_remote,
             std::string its_address)
      : socket(std::move(its_socket)),
        remote(std::move(its_remote)),
        address(std::move(its_address)) {}

  /// The header or body that is being read must be whole by then, or the connection is cut.
  void expect_within(milliseconds time) { deadline = std::chrono::steady_clock::now() + time; }
  void expect_nothing() { deadline.reset(); }

  /// Ends the connection; libsoup learns it as the end of the stream.
  void cut() { g_socket_shutdown(socket.get(), TRUE, TRUE, nullptr); }

  // set once
  glib::Ref<GSocket> socket;
  glib::Ref<GSocketAddress> remote;
  std::string address;
  // its loop only
  std::optional<SteadyTime> deadline;
};

/// The open connections of one http loop. libsoup hands out messages, not connections: they are
/// found by the address object that both share.
class Connections {
 public:
  /// Called with the peer's address when a connection is gone for good.
  using Gone = std::function<void(std::string address)>;

  Connections(glib::EventLoop& loop, Gone gone);
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  /// Hands the connection to libsoup. One that sends no request within `first_deadline` is cut.
  void add(SoupServer* server, const glib::Ref<GSocketConnection>& connection, std::string address,
           milliseconds first_deadline);
  /// Null when it is not one of ours.
  [[nodiscard]] Connection* find(SoupServerMessage* message) const;
  [[nodiscard]] std::size_t size() const { return open_.size(); }

 private:
  void cut_overdue();
  static void on_finalized(gpointer self, GObject* where_it_was) noexcept;

  // set once
  glib::EventLoop& loop_;
  Gone gone_;

  // its loop only
  std::map<GObject*, std::unique_ptr<Connection>> open_;
  std::map<GSocketAddress*, Connection*> by_remote_;
  /// One timer looks at all deadlines: one for each request would be most of the loop's sources.
  glib::Timer sweep_;
};

}  // namespace estrad::web
