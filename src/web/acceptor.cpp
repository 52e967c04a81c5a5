#include "web/acceptor.h"

#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "base/clock.h"
#include "base/log.h"
#include "glib/handle.h"

namespace estrad::web {
namespace {

constexpr int kConnectionsPerTurn = 64;
/// How long accepting rests when the process has no file descriptors left.
constexpr milliseconds kRest{100};

}  // namespace

Result<glib::Ref<GSocket>> Acceptor::listen(std::string_view address, int backlog) {
  auto bound = parse_listen_address(address);
  if (!bound) {
    return fail(std::move(bound).error().in("http.listen"));
  }
  GError* error = nullptr;
  auto socket =
      glib::Ref<GSocket>::adopt(g_socket_new(g_socket_address_get_family(bound->get()),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error));
  if (socket) {
    g_socket_set_listen_backlog(socket.get(), backlog);
    g_socket_set_blocking(socket.get(), FALSE);
  }
  if (!socket || !g_socket_bind(socket.get(), bound->get(), TRUE, &error) ||
      !g_socket_listen(socket.get(), &error)) {
    return fail(
        unavailable("http.listen: " + std::string(address) + ": " + glib::take_message(error)));
  }
  return socket;
}

Acceptor::Acceptor(glib::EventLoop& loop, glib::Ref<GSocket> socket, AcceptorLimits limits,
                   AddressRanges trusted_proxies, Taker taker)
    : loop_(loop),
      socket_(std::move(socket)),
      limits_(limits),
      trusted_proxies_(std::move(trusted_proxies)),
      taker_(std::move(taker)),
      pause_(loop) {
  loop_.assert_current();
  watch();
}

Acceptor::~Acceptor() {
  loop_.assert_current();
  unwatch();
  g_socket_close(socket_.get(), nullptr);
}

void Acceptor::forget(const std::string& address) {
  loop_.assert_current();
  const auto found = open_by_address_.find(address);
  if (found == open_by_address_.end()) {
    return;
  }
  --open_;
  if (--found->second == 0) {
    open_by_address_.erase(found);
  }
}

void Acceptor::watch() {
  source_ = glib::Ref<GSource>::adopt(g_socket_create_source(socket_.get(), G_IO_IN, nullptr));
  const GSocketSourceFunc on_readable = [](GSocket*, GIOCondition,
                                           gpointer self) noexcept -> gboolean {
    static_cast<Acceptor*>(self)->take_waiting();
    return G_SOURCE_CONTINUE;
  };
  g_source_set_callback(source_.get(),
                        reinterpret_cast<GSourceFunc>(reinterpret_cast<GCallback>(on_readable)),
                        this, nullptr);
  g_source_attach(source_.get(), loop_.context());
}

void Acceptor::unwatch() {
  if (source_) {
    g_source_destroy(source_.get());
    source_.reset();
  }
}

void Acceptor::take_waiting() {
  for (int taken = 0; taken < kConnectionsPerTurn && take_one(); ++taken) {
  }
}

bool Acceptor::take_one() {
  GError* error = nullptr;
  auto socket = glib::Ref<GSocket>::adopt(g_socket_accept(socket_.get(), nullptr, &error));
  if (!socket) {
    const bool is_exhausted = !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) &&
                              !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
    const std::string message = glib::take_message(error);
    if (is_exhausted) {
      // The source stays ready while nothing can be accepted: rest, rather than spin.
      log::warning("http: accepting rests: {}", message);
      unwatch();
      pause_.start_once(kRest, [this] { watch(); });
    }
    return false;
  }
  const auto remote =
      glib::Ref<GSocketAddress>::adopt(g_socket_get_remote_address(socket.get(), nullptr));
  std::string address = address_text(remote.get());
  if (!remote || !has_room_for(address)) {
    ++refused_;
    g_socket_close(socket.get(), nullptr);
    return true;
  }
  ++open_;
  ++open_by_address_[address];
  g_socket_set_timeout(socket.get(), static_cast<guint>(limits_.idle_timeout.count()));
  g_socket_set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY, 1, nullptr);
  taker_(glib::Ref<GSocketConnection>::adopt(
             g_socket_connection_factory_create_connection(socket.get())),
         std::move(address));
  return true;
}

bool Acceptor::has_room_for(const std::string& address) const {
  if (open_ >= limits_.connections) {
    return false;
  }
  const auto found = open_by_address_.find(address);
  return found == open_by_address_.end() || found->second < limits_.connections_per_address ||
         trusted_proxies_.contains(address);
}

}  // namespace estrad::web
