#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <gio/gio.h>

#include "base/result.h"
#include "glib/event_loop.h"
#include "glib/ref.h"
#include "web/address.h"

namespace estrad::web {

struct AcceptorLimits {
  int backlog = 4096;
  /// Connections open at one time, in all and from one address. A trusted proxy carries many
  /// viewers, and counts for the whole only.
  std::size_t connections = 20'000;
  std::size_t connections_per_address = 2'000;
  /// A connection on which nothing moves for so long, while it waits to read or write, is closed.
  std::chrono::seconds idle_timeout{60};
};

/// The listening socket: takes connections, counts them by address, and hands each to `taker`.
/// Lives on one loop. Connections over a limit are closed at once, unanswered.
class Acceptor {
 public:
  /// `connection` is set up (time-outs, TCP_NODELAY) and belongs to no loop yet.
  using Taker = std::function<void(glib::Ref<GSocketConnection> connection, std::string address)>;

  /// Binds; the error names the address and why it cannot be had (taken, not ours). Any thread.
  [[nodiscard]] static Result<glib::Ref<GSocket>> listen(std::string_view address, int backlog);

  Acceptor(glib::EventLoop& loop, glib::Ref<GSocket> socket, AcceptorLimits limits,
           AddressRanges trusted_proxies, Taker taker);
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  /// A connection from `address` that was handed out is gone.
  void forget(const std::string& address);

  [[nodiscard]] std::size_t open_connections() const { return open_; }
  [[nodiscard]] std::uint64_t refused_connections() const { return refused_; }

 private:
  void watch();
  void unwatch();
  void take_waiting();
  bool take_one();
  [[nodiscard]] bool has_room_for(const std::string& address) const;

  // set once
  glib::EventLoop& loop_;
  glib::Ref<GSocket> socket_;
  AcceptorLimits limits_;
  AddressRanges trusted_proxies_;
  Taker taker_;

  // its loop only
  glib::Ref<GSource> source_;
  glib::Timer pause_;
  std::map<std::string, std::size_t> open_by_address_;
  std::size_t open_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace estrad::web
