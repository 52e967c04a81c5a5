#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <libsoup/soup.h>

#include "glib/event_loop.h"
#include "glib/ref.h"
#include "web/backend.h"
#include "web/response.h"

namespace estrad::web {

struct Route;

/// One request and its answer. Lives on its http loop, but may be let go of anywhere (a Backend's
/// reply holds it). Answered once; until then the request waits, without a thread.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  Exchange(glib::EventLoop& loop, glib::Ref<SoupServerMessage> message, glib::Ref<GSocket> socket,
           std::string peer_address, std::string client_address);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  // The request.
  [[nodiscard]] std::string_view method() const;
  [[nodiscard]] std::string_view path() const;
  /// As it was sent, without the question mark.
  [[nodiscard]] std::string_view raw_query() const;
  /// Decoded; the first value where a name is repeated.
  [[nodiscard]] std::optional<std::string> query(std::string_view name) const;
  [[nodiscard]] std::string_view header(const char* name) const;
  [[nodiscard]] std::string cookie(std::string_view name) const;
  /// Whole, and not copied again; valid as long as the exchange.
  [[nodiscard]] std::string_view body();
  /// The other end of the connection.
  [[nodiscard]] const std::string& peer_address() const { return peer_address_; }
  /// Judged by the trusted proxies' word.
  [[nodiscard]] const std::string& client_address() const { return client_address_; }
  /// `https://host`, from the proxy's headers or the request's own; never from `public_url`.
  [[nodiscard]] std::string origin(bool is_proxy_trusted) const;

  /// What the route's pattern names: `param("slug")`; empty when it does not.
  [[nodiscard]] const std::string& param(std::string_view name) const;

  // The answer.
  /// HEAD, If-None-Match, Range and gzip are seen to here. What comes after the first is ignored,
  /// as is an answer to a client that has gone.
  void send(Response response);
  [[nodiscard]] bool is_answered() const { return is_answered_; }
  /// The client or the connection is known to be gone, or the answer has been sent.
  [[nodiscard]] bool is_finished() const { return *is_finished_; }
  /// Called by the front after the handler: what is not answered yet waits.
  void wait_if_unanswered();

  // set once, by the front
  const Route* route = nullptr;
  std::vector<std::pair<std::string, std::string>> params = {};
  /// Who asks, on routes that demand it.
  Identity identity = {};

 private:
  friend class EventStream;
  void set_headers(const Response& response, bool is_gzip);
  void append(const std::vector<SharedBytes>& body, std::size_t from, std::size_t count);
  /// The one range of bytes that is asked for, [first, last]; nullopt for all.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> range_of(
      const Response& response, std::size_t size, bool& is_unsatisfiable);
  void resume();

  // set once
  glib::EventLoop& loop_;
  glib::Ref<SoupServerMessage> message_;
  glib::Ref<GSocket> socket_;
  std::string peer_address_;
  std::string client_address_;

  // its loop only
  glib::Ref<GBytes> request_body_;
  bool is_answered_ = false;
  bool is_waiting_ = false;
  /// Shared with the message, which may outlive the exchange.
  std::shared_ptr<bool> is_finished_ = std::make_shared<bool>(false);
};

using ExchangePtr = std::shared_ptr<Exchange>;

}  // namespace estrad::web
