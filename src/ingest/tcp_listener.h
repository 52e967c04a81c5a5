#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <gio/gio.h>

#include "base/result.h"
#include "glib/event_loop.h"
#include "glib/ref.h"

namespace estrad::ingest {

/// A listening TCP socket. `open` on any thread, the rest on the loop.
class TcpListener {
 public:
  /// Takes over a connected, non-blocking socket.
  using Accepted = std::function<void(glib::Ref<GSocket>)>;

  /// `host` is a numeric address, `port` 0 any free one; `setting` is the configuration key that
  /// the message tells to change when the port cannot be opened (Unavailable), or when `host` is no
  /// address (InvalidInput).
  [[nodiscard]] static Result<std::unique_ptr<TcpListener>> open(glib::EventLoop& loop,
                                                                 const std::string& host,
                                                                 std::uint16_t port,
                                                                 const std::string& setting);
  ~TcpListener();
  TcpListener(const TcpListener&) = delete;
  TcpListener& operator=(const TcpListener&) = delete;

  void start(Accepted accepted);
  /// Closes the port. `accepted` is not called again.
  void stop();
  /// The port that is really open. Any thread.
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  TcpListener(glib::EventLoop& loop, glib::Ref<GSocket> socket, std::uint16_t port);
  static gboolean on_readable(GSocket* socket, GIOCondition condition, gpointer data) noexcept;
  void watch();
  void accept_all();

  // set once
  glib::EventLoop& loop_;
  glib::Ref<GSocket> socket_;
  std::uint16_t port_;

  // loop only
  Accepted accepted_;
  glib::Ref<GSource> source_;
  glib::Timer retry_;
};

}  // namespace estrad::ingest
