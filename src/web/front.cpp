#include "web/front.h"

#include <cerrno>
#include <string>

#include <sys/socket.h>

#include "base/log.h"
#include "web/pages.h"
#include "web/problem.h"
#include "web/security_headers.h"

namespace estrad::web {
namespace {

/// How much of a body that is refused anyway is read past, so that its sender sees the answer.
constexpr goffset kMostDiscarded = 64 * 1024 * 1024;
constexpr const char* kBodyRead = "estrad-body-read";
constexpr const char* kBodyLimit = "estrad-body-limit";

void set_number(SoupServerMessage* message, const char* name, std::size_t value) {
  g_object_set_data(G_OBJECT(message), name, GSIZE_TO_POINTER(value));
}

std::size_t number(SoupServerMessage* message, const char* name) {
  return GPOINTER_TO_SIZE(g_object_get_data(G_OBJECT(message), name));
}

bool is_too_large(SoupServerMessage* message) {
  return number(message, kBodyRead) > number(message, kBodyLimit);
}

Response too_large(std::size_t limit) {
  return problem(413, "The body may have " + std::to_string(limit) + " bytes at most.");
}

/// Paths whose callers are programs, which want problem+json rather than a page.
bool is_for_programs(std::string_view path) {
  return path.substr(0, 5) == "/api/" || path.substr(0, 8) == "/static/";
}

}  // namespace

Front::Front(glib::EventLoop& loop, const FrontSetup& setup, Backend& backend, Counters& counters,
             ViewerCounts& viewers, Connections::Gone gone)
    : loop_(loop),
      setup_(setup),
      counters_(counters),
      guard_(loop, backend, clock_),
      delivery_(loop, shelf_, backend, clock_, viewers),
      log_waits_(loop, shelf_, backend, clock_, setup.options.log_wait),
      consoles_(loop, setup.options.heartbeat),
      rates_(setup.options.rates),
      connections_(loop, std::move(gone)),
      server_(glib::Ref<SoupServer>::adopt(soup_server_new("raw-paths", TRUE, nullptr))),
      desk_{loop,          setup.options, setup.trusted_proxies,
            *setup.assets, backend,       clock_,
            counters_,     shelf_,        guard_,
            delivery_,     log_waits_,    consoles_} {
  g_signal_connect(server_.get(), "request-started",
                   reinterpret_cast<GCallback>(&Front::on_started), this);
  g_signal_connect(server_.get(), "request-finished",
                   reinterpret_cast<GCallback>(&Front::on_finished), this);
  soup_server_add_early_handler(server_.get(), nullptr, &Front::on_headers, this, nullptr);
  soup_server_add_handler(server_.get(), nullptr, &Front::on_request, this, nullptr);
  keep_alive();
}

/// libsoup 3.2 keeps a connection for the next request only while the server has a listener. Ours
/// is one end of a socket pair, on which nobody can ever connect.
void Front::keep_alive() {
  int ends[2] = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    log::write(unavailable_errno("http: connections will not be kept: socketpair", errno));
    return;
  }
  silence_.reset(ends[1]);
  GError* error = nullptr;
  const auto socket = glib::Ref<GSocket>::adopt(g_socket_new_from_fd(ends[0], &error));
  if (!socket || !soup_server_listen_socket(server_.get(), socket.get(),
                                            static_cast<SoupServerListenOptions>(0), &error)) {
    log::warning("http: connections will not be kept: {}", glib::take_message(error));
  }
}

Front::~Front() {
  soup_server_disconnect(server_.get());
}

void Front::take(const glib::Ref<GSocketConnection>& connection, std::string address) {
  connections_.add(server_.get(), connection, std::move(address), setup_.options.header_deadline);
}

void Front::on_started(SoupServer* /*server*/, SoupServerMessage* message, gpointer self) noexcept {
  auto& front = *static_cast<Front*>(self);
  if (Connection* connection = front.connections_.find(message)) {
    connection->expect_within(front.setup_.options.header_deadline);
  }
}

void Front::on_headers(SoupServer* /*server*/, SoupServerMessage* message, const char* /*path*/,
                       GHashTable* /*query*/, gpointer self) noexcept {
  auto& front = *static_cast<Front*>(self);
  if (Connection* connection = front.connections_.find(message)) {
    connection->expect_within(front.setup_.options.body_deadline);
    front.check_size(message, *connection);
  }
}

void Front::check_size(SoupServerMessage* message, Connection& connection) {
  SoupMessageHeaders* headers = soup_server_message_get_request_headers(message);
  const SoupEncoding encoding = soup_message_headers_get_encoding(headers);
  const goffset announced = soup_message_headers_get_content_length(headers);
  if (encoding != SOUP_ENCODING_CHUNKED && announced <= 0) {
    return;
  }
  const RouteMatch match = match_route(soup_server_message_get_method(message),
                                       g_uri_get_path(soup_server_message_get_uri(message)));
  const std::size_t limit = match.route == nullptr ? 0 : match.route->body_limit;
  set_number(message, kBodyLimit, limit);
  if (announced > static_cast<goffset>(limit)) {
    soup_message_body_set_accumulate(soup_server_message_get_request_body(message), FALSE);
    soup_message_headers_replace(soup_server_message_get_response_headers(message), "Connection",
                                 "close");
    make_exchange(message, connection)->send(too_large(limit));
    if (announced > kMostDiscarded) {
      connection.cut();
    }
    return;
  }
  g_signal_connect(message, "got-chunk", reinterpret_cast<GCallback>(&Front::on_chunk), this);
}

void Front::on_chunk(SoupServerMessage* message, GBytes* chunk, gpointer self) noexcept {
  auto& front = *static_cast<Front*>(self);
  set_number(message, kBodyRead, number(message, kBodyRead) + g_bytes_get_size(chunk));
  if (!is_too_large(message)) {
    return;
  }
  SoupMessageBody* body = soup_server_message_get_request_body(message);
  soup_message_body_set_accumulate(body, FALSE);
  soup_message_body_truncate(body);
  Connection* connection = front.connections_.find(message);
  if (connection != nullptr &&
      number(message, kBodyRead) > static_cast<std::size_t>(kMostDiscarded)) {
    connection->cut();
  }
}

void Front::on_request(SoupServer* /*server*/, SoupServerMessage* message, const char* /*path*/,
                       GHashTable* /*query*/, gpointer self) noexcept {
  auto& front = *static_cast<Front*>(self);
  Connection* connection = front.connections_.find(message);
  if (connection == nullptr) {
    soup_server_message_set_status(message, SOUP_STATUS_INTERNAL_SERVER_ERROR, nullptr);
    return;
  }
  connection->expect_nothing();
  const ExchangePtr exchange = front.make_exchange(message, *connection);
  if (is_too_large(message)) {
    return exchange->send(too_large(number(message, kBodyLimit)));
  }
  front.serve(exchange);
  exchange->wait_if_unanswered();
}

void Front::on_finished(SoupServer* /*server*/, SoupServerMessage* message,
                        gpointer self) noexcept {
  const guint status = soup_server_message_get_status(message);
  if (status >= 100 && status < 600) {
    ++static_cast<Front*>(self)->counters_.answers[status / 100];
  }
}

ExchangePtr Front::make_exchange(SoupServerMessage* message, const Connection& connection) {
  const char* forwarded = soup_message_headers_get_list(
      soup_server_message_get_request_headers(message), "X-Forwarded-For");
  return std::make_shared<Exchange>(
      loop_, glib::Ref<SoupServerMessage>::retain(message), connection.socket, connection.address,
      client_address(connection.address, forwarded == nullptr ? "" : forwarded,
                     setup_.trusted_proxies));
}

void Front::serve(const ExchangePtr& exchange) {
  RouteMatch match = match_route(exchange->method(), exchange->path());
  if (match.route == nullptr) {
    return refuse_unrouted(exchange, match);
  }
  exchange->route = match.route;
  exchange->params = std::move(match.params);
  if (!is_within_rate(exchange)) {
    return;
  }
  switch (match.route->audience) {
    case Audience::kAnyone:
      return run(exchange);
    case Audience::kStaff:
    case Audience::kPermitted:
      return guard_.admit(exchange, [this, exchange] { run(exchange); });
    case Audience::kOperator:
      if (!setup_.metrics_allow.contains(exchange->client_address())) {
        return exchange->send(problem(403, "metrics.allow does not have this address."));
      }
      return run(exchange);
  }
}

void Front::refuse_unrouted(const ExchangePtr& exchange, const RouteMatch& match) {
  if (exchange->method() == "OPTIONS" && !match.allowed_methods.empty()) {
    return exchange->send(preflight_response(exchange->path()));
  }
  if (!match.allowed_methods.empty()) {
    return exchange->send(
        problem(405, "Here only " + match.allowed_methods).with("Allow", match.allowed_methods));
  }
  if (is_for_programs(exchange->path())) {
    return exchange->send(problem(404, "There is nothing at this address."));
  }
  exchange->send(not_found_page(desk_, *exchange));
}

bool Front::is_within_rate(const ExchangePtr& exchange) {
  const milliseconds wait =
      rates_.take(exchange->route->rate, exchange->client_address(), clock_.steady());
  if (wait.count() == 0) {
    return true;
  }
  ++counters_.limited_requests;
  exchange->send(too_many(wait));
  return false;
}

void Front::run(const ExchangePtr& exchange) {
  exchange->route->handle(desk_, exchange);
}

}  // namespace estrad::web
