#include "web/connections.h"

#include "base/log.h"
#include "glib/handle.h"

namespace estrad::web {
namespace {

constexpr milliseconds kSweepEvery{100};

}  // namespace

Connections::Connections(glib::EventLoop& loop, Gone gone)
    : loop_(loop), gone_(std::move(gone)), sweep_(loop) {
  sweep_.start_repeating(kSweepEvery, [this] { cut_overdue(); });
}

Connections::~Connections() {
  for (const auto& [object, connection] : open_) {
    g_object_weak_unref(object, &Connections::on_finalized, this);
    gone_(connection->address);
  }
}

void Connections::add(SoupServer* server, const glib::Ref<GSocketConnection>& connection,
                      std::string address, milliseconds first_deadline) {
  loop_.assert_current();
  auto remote = glib::Ref<GSocketAddress>::adopt(
      g_socket_connection_get_remote_address(connection.get(), nullptr));
  const auto local = glib::Ref<GSocketAddress>::adopt(
      g_socket_connection_get_local_address(connection.get(), nullptr));
  if (!remote || !local) {
    gone_(std::move(address));
    return;
  }
  auto record = std::make_unique<Connection>(
      glib::Ref<GSocket>::retain(g_socket_connection_get_socket(connection.get())),
      std::move(remote), std::move(address));
  Connection& known = *record;
  auto* object = G_OBJECT(connection.get());
  open_[object] = std::move(record);
  by_remote_[known.remote.get()] = &known;
  g_object_weak_ref(object, &Connections::on_finalized, this);
  known.expect_within(first_deadline);
  GError* error = nullptr;
  if (!soup_server_accept_iostream(server, G_IO_STREAM(connection.get()), local.get(),
                                   known.remote.get(), &error)) {
    log::warning("http: connection not taken: {}", glib::take_message(error));
  }
}

Connection* Connections::find(SoupServerMessage* message) const {
  const auto found = by_remote_.find(soup_server_message_get_remote_address(message));
  return found == by_remote_.end() ? nullptr : found->second;
}

void Connections::cut_overdue() {
  const SteadyTime now = std::chrono::steady_clock::now();
  for (const auto& [object, connection] : open_) {
    if (connection->deadline && *connection->deadline <= now) {
      connection->expect_nothing();
      connection->cut();
    }
  }
}

void Connections::on_finalized(gpointer self, GObject* where_it_was) noexcept {
  auto& connections = *static_cast<Connections*>(self);
  const auto found = connections.open_.find(where_it_was);
  if (found == connections.open_.end()) {
    return;
  }
  const std::unique_ptr<Connection> record = std::move(found->second);
  connections.open_.erase(found);
  connections.by_remote_.erase(record->remote.get());
  connections.gone_(record->address);
}

}  // namespace estrad::web
