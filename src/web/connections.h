#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include <libsoup/soup.h>

#include "base/clock.h"
#include "glib/event_loop.h"
#include "glib/ref.h"

namespace estrad::web {

/// One client's connection as its http loop knows it.
struct Connection {
  Connection(const glib::EventLoop& loop, glib::Ref<GSocket> its_socket,
             glib::Ref<GSocketAddress> its_remote, std::string its_address)
      : socket(std::move(its_socket)),
        remote(std::move(its_remote)),
        address(std::move(its_address)),
        deadline(loop) {}

  /// Ends the connection; libsoup learns it as the end of the stream.
  void cut() { g_socket_shutdown(socket.get(), TRUE, TRUE, nullptr); }

  // set once
  glib::Ref<GSocket> socket;
  glib::Ref<GSocketAddress> remote;
  std::string address;
  // its loop only
  /// For the header or body that is being read.
  glib::Timer deadline;
};

/// The open connections of one http loop. libsoup hands out messages, not connections: they are
/// found by the address object that both share.
class Connections {
 public:
  /// Called with the peer's address when a connection is gone for good.
  using Gone = std::function<void(std::string address)>;

  Connections(glib::EventLoop& loop, Gone gone) : loop_(loop), gone_(std::move(gone)) {}
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
  static void on_finalized(gpointer self, GObject* where_it_was) noexcept;

  // set once
  glib::EventLoop& loop_;
  Gone gone_;

  // its loop only
  std::map<GObject*, std::unique_ptr<Connection>> open_;
  std::map<GSocketAddress*, Connection*> by_remote_;
};

}  // namespace estrad::web
