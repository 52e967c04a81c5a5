#include "ingest/tcp_listener.h"

#include <utility>

#include <spdlog/fmt/fmt.h>

#include "base/log.h"
#include "glib/handle.h"

namespace estrad::ingest {
namespace {

constexpr int kBacklog = 1024;
/// Accepted in one turn of the loop, so that a flood of connections leaves it air.
constexpr int kMostAtOnce = 64;
/// When the process has no file descriptors left, the port stays readable: look away for a moment.
constexpr std::chrono::milliseconds kRetryAfter{100};

std::string spell(const std::string& host, std::uint16_t port) {
  return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port)
                                             : fmt::format("[{}]:{}", host, port);
}

Error cannot_open(GError* raw, const std::string& where, const std::string& setting) {
  const glib::ErrorHandle error(raw);
  const bool has_error = error != nullptr;
  std::string why = has_error ? error->message : "unknown error";
  if (has_error && g_error_matches(error.get(), G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)) {
    why = fmt::format("another program listens there; stop it, or set {} to another port", setting);
  } else if (has_error && g_error_matches(error.get(), G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)) {
    why = fmt::format("not permitted; set {} to a port above 1023", setting);
  } else {
    why += fmt::format("; set {} to an address of this machine", setting);
  }
  Error unavailable_port = unavailable(fmt::format("cannot listen on {}: {}", where, why));
  unavailable_port.field = setting;
  return unavailable_port;
}

}  // namespace

Result<std::unique_ptr<TcpListener>> TcpListener::open(glib::EventLoop& loop,
                                                       const std::string& host, std::uint16_t port,
                                                       const std::string& setting) {
  const std::string where = spell(host, port);
  const auto address =
      glib::Ref<GSocketAddress>::adopt(g_inet_socket_address_new_from_string(host.c_str(), port));
  if (!address) {
    return fail(invalid_field(
        setting, fmt::format("\"{}\" is no numeric address, such as 0.0.0.0 or ::", host)));
  }
  GError* error = nullptr;
  auto socket =
      glib::Ref<GSocket>::adopt(g_socket_new(g_socket_address_get_family(address.get()),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error));
  if (!socket) {
    return fail(cannot_open(error, where, setting));
  }
  g_socket_set_blocking(socket.get(), FALSE);
  g_socket_set_listen_backlog(socket.get(), kBacklog);
  if (g_socket_bind(socket.get(), address.get(), TRUE, &error) == FALSE ||
      g_socket_listen(socket.get(), &error) == FALSE) {
    return fail(cannot_open(error, where, setting));
  }
  const auto bound =
      glib::Ref<GSocketAddress>::adopt(g_socket_get_local_address(socket.get(), &error));
  if (!bound) {
    return fail(cannot_open(error, where, setting));
  }
  const std::uint16_t real_port =
      g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound.get()));
  return std::unique_ptr<TcpListener>(new TcpListener(loop, std::move(socket), real_port));
}

TcpListener::TcpListener(glib::EventLoop& loop, glib::Ref<GSocket> socket, std::uint16_t port)
    : loop_(loop), socket_(std::move(socket)), port_(port), retry_(loop) {}

TcpListener::~TcpListener() {
  stop();
}

void TcpListener::start(Accepted accepted) {
  loop_.assert_current();
  accepted_ = std::move(accepted);
  watch();
}

void TcpListener::stop() {
  if (source_) {
    g_source_destroy(source_.get());
    source_.reset();
  }
  retry_.stop();
  g_socket_close(socket_.get(), nullptr);
}

void TcpListener::watch() {
  source_ = glib::Ref<GSource>::adopt(g_socket_create_source(socket_.get(), G_IO_IN, nullptr));
  g_source_set_callback(source_.get(), G_SOURCE_FUNC(&TcpListener::on_readable), this, nullptr);
  g_source_attach(source_.get(), loop_.context());
}

gboolean TcpListener::on_readable(GSocket* /*socket*/, GIOCondition /*condition*/,
                                  gpointer data) noexcept {
  static_cast<TcpListener*>(data)->accept_all();
  return G_SOURCE_CONTINUE;
}

void TcpListener::accept_all() {
  for (int i = 0; i < kMostAtOnce; ++i) {
    GError* raw = nullptr;
    auto socket = glib::Ref<GSocket>::adopt(g_socket_accept(socket_.get(), nullptr, &raw));
    if (!socket) {
      const glib::ErrorHandle error(raw);
      // A peer that gave up while it waited is none of our trouble.
      if (!g_error_matches(raw, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) &&
          !g_error_matches(raw, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)) {
        log::warning("port {}: cannot take a connection: {}", port_, error->message);
        g_source_destroy(source_.get());
        source_.reset();
        retry_.start_once(kRetryAfter, [this] { watch(); });
      }
      return;
    }
    g_socket_set_blocking(socket.get(), FALSE);
    accepted_(std::move(socket));
  }
}

}  // namespace estrad::ingest
