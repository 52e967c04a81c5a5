#include "web/exchange.h"

#include <algorithm>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "base/text.h"
#include "glib/handle.h"
#include "web/security_headers.h"

namespace estrad::web {
namespace {

/// A body for libsoup that keeps the shared bytes alive instead of copying them.
glib::Ref<GBytes> wrap(const SharedBytes& bytes, std::size_t from, std::size_t count) {
  auto owner = std::make_unique<SharedBytes>(bytes);
  const std::uint8_t* data = bytes->data() + from;
  return glib::Ref<GBytes>::adopt(g_bytes_new_with_free_func(
      data, count, [](gpointer shared) noexcept { delete static_cast<SharedBytes*>(shared); },
      owner.release()));
}

std::string unescape(std::string_view text) {
  const glib::Text plain(g_uri_unescape_segment(text.data(), text.data() + text.size(), nullptr));
  return plain ? std::string(plain.get()) : std::string(text);
}

/// libsoup writes an answer's head and body one by one. A corked socket sends them together: half
/// the packets of a small answer, and one wake-up of the client instead of two.
void set_cork(GSocket* socket, bool is_corked) {
  g_socket_set_option(socket, IPPROTO_TCP, TCP_CORK, is_corked ? 1 : 0, nullptr);
}

/// What the end of a message, which may outlive its exchange, is told to.
struct End {
  std::shared_ptr<bool> is_finished;
  glib::Ref<GSocket> socket;
};

/// True when a list of tags (If-None-Match) names `etag`; weak and strong compare alike.
bool names_etag(std::string_view list, std::string_view etag) {
  for (std::string_view entry : split(list, ',')) {
    entry = trim(entry);
    if (entry == "*") {
      return true;
    }
    if (entry.substr(0, 2) == "W/") {
      entry.remove_prefix(2);
    }
    if (entry == etag) {
      return true;
    }
  }
  return false;
}

}  // namespace

Exchange::Exchange(glib::EventLoop& loop, glib::Ref<SoupServerMessage> message,
                   glib::Ref<GSocket> socket, std::string peer_address, std::string client_address)
    : loop_(loop),
      message_(std::move(message)),
      socket_(std::move(socket)),
      peer_address_(std::move(peer_address)),
      client_address_(std::move(client_address)) {
  using OnFinished = void (*)(SoupServerMessage*, gpointer);
  const OnFinished on_finished = [](SoupServerMessage*, gpointer data) noexcept {
    auto& end = *static_cast<End*>(data);
    *end.is_finished = true;
    set_cork(end.socket.get(), false);
  };
  const GClosureNotify on_gone = [](gpointer data, GClosure*) noexcept {
    delete static_cast<End*>(data);
  };
  g_signal_connect_data(message_.get(), "finished", reinterpret_cast<GCallback>(on_finished),
                        std::make_unique<End>(End{is_finished_, socket_}).release(), on_gone,
                        G_CONNECT_DEFAULT);
}

Exchange::~Exchange() {
  if (!loop_.is_current()) {
    // The connection behind the message belongs to the loop.
    loop_.post([message = std::move(message_), socket = std::move(socket_),
                body = std::move(request_body_)] {});
  }
}

std::string_view Exchange::method() const {
  return soup_server_message_get_method(message_.get());
}

std::string_view Exchange::path() const {
  return g_uri_get_path(soup_server_message_get_uri(message_.get()));
}

std::string_view Exchange::raw_query() const {
  const char* text = g_uri_get_query(soup_server_message_get_uri(message_.get()));
  return text == nullptr ? std::string_view() : std::string_view(text);
}

std::optional<std::string> Exchange::query(std::string_view name) const {
  for (const std::string_view pair : split(raw_query(), '&')) {
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) == name) {
      std::string value(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
      for (char& character : value) {
        character = character == '+' ? ' ' : character;
      }
      return unescape(value);
    }
  }
  return std::nullopt;
}

std::string_view Exchange::header(const char* name) const {
  const char* value =
      soup_message_headers_get_list(soup_server_message_get_request_headers(message_.get()), name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::string Exchange::cookie(std::string_view name) const {
  for (std::string_view pair : split(header("Cookie"), ';')) {
    pair = trim(pair);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return std::string(pair.substr(equals + 1));
    }
  }
  return {};
}

std::string_view Exchange::body() {
  if (!request_body_) {
    request_body_ = glib::Ref<GBytes>::adopt(
        soup_message_body_flatten(soup_server_message_get_request_body(message_.get())));
  }
  gsize size = 0;
  const auto* data = static_cast<const char*>(g_bytes_get_data(request_body_.get(), &size));
  return data == nullptr ? std::string_view() : std::string_view(data, size);
}

std::string Exchange::origin(bool is_proxy_trusted) const {
  std::string scheme = "http";
  std::string host(header("Host"));
  if (is_proxy_trusted) {
    if (header("X-Forwarded-Proto") == "https") {
      scheme = "https";
    }
    if (const auto forwarded = header("X-Forwarded-Host"); !forwarded.empty()) {
      host = forwarded;
    }
  }
  return scheme + "://" + host;
}

const std::string& Exchange::param(std::string_view name) const {
  static const std::string kNone;
  for (const auto& [key, value] : params) {
    if (key == name) {
      return value;
    }
  }
  return kNone;
}

void Exchange::send(Response response) {
  loop_.assert_current();
  if (is_answered_ || is_finished()) {
    return;
  }
  is_answered_ = true;
  set_cork(socket_.get(), true);
  SoupMessageHeaders* headers = soup_server_message_get_response_headers(message_.get());
  const bool is_gzip =
      response.gzip && header("Accept-Encoding").find("gzip") != std::string_view::npos;
  const std::vector<SharedBytes> body =
      is_gzip ? std::vector<SharedBytes>{response.gzip} : response.body;
  const std::size_t size = size_of(body);
  set_headers(response, is_gzip);
  if (response.status == 200 && !response.etag.empty() &&
      names_etag(header("If-None-Match"), response.etag)) {
    soup_server_message_set_status(message_.get(), 304, nullptr);
    return resume();
  }
  bool is_unsatisfiable = false;
  const auto range = range_of(response, size, is_unsatisfiable);
  if (is_unsatisfiable) {
    soup_server_message_set_status(message_.get(), 416, nullptr);
    soup_message_headers_replace(headers, "Content-Range",
                                 ("bytes */" + std::to_string(size)).c_str());
    return resume();
  }
  if (range) {
    soup_server_message_set_status(message_.get(), 206, nullptr);
    soup_message_headers_set_content_range(headers, static_cast<goffset>(range->first),
                                           static_cast<goffset>(range->second),
                                           static_cast<goffset>(size));
    append(body, range->first, range->second - range->first + 1);
    return resume();
  }
  soup_server_message_set_status(message_.get(), response.status, nullptr);
  append(body, 0, size);
  resume();
}

void Exchange::set_headers(const Response& response, bool is_gzip) {
  SoupMessageHeaders* headers = soup_server_message_get_response_headers(message_.get());
  const auto set = [headers](const char* name, const std::string& value) {
    soup_message_headers_replace(headers, name, value.c_str());
  };
  set("Cache-Control", response.cache_control);
  if (!response.content_type.empty()) {
    set("Content-Type", response.content_type);
  }
  if (response.gzip) {
    set("Vary", "Accept-Encoding");
  }
  if (is_gzip) {
    set("Content-Encoding", "gzip");
  }
  if (!response.etag.empty()) {
    set("ETag", response.etag);
  }
  set_security_headers(headers, response);
  for (const auto& [name, value] : response.headers) {
    soup_message_headers_append(headers, name.c_str(), value.c_str());
  }
  // Ranges are cut here; libsoup would copy the body, and would answer any number of ranges.
  soup_message_headers_remove(soup_server_message_get_request_headers(message_.get()), "If-Range");
}

std::optional<std::pair<std::size_t, std::size_t>> Exchange::range_of(const Response& response,
                                                                      std::size_t size,
                                                                      bool& is_unsatisfiable) {
  SoupMessageHeaders* request = soup_server_message_get_request_headers(message_.get());
  std::optional<std::pair<std::size_t, std::size_t>> found;
  SoupRange* ranges = nullptr;
  int count = 0;
  if (response.status == 200 && !response.etag.empty() && method() == "GET" &&
      soup_message_headers_get_ranges(request, static_cast<goffset>(size), &ranges, &count) != 0) {
    if (count == 1 && ranges[0].start >= 0 && ranges[0].start <= ranges[0].end &&
        static_cast<std::size_t>(ranges[0].start) < size) {
      found = {static_cast<std::size_t>(ranges[0].start),
               std::min(static_cast<std::size_t>(ranges[0].end), size - 1)};
    } else {
      is_unsatisfiable = count == 1;
    }
    soup_message_headers_free_ranges(request, ranges);
  }
  soup_message_headers_remove(request, "Range");
  return found;
}

void Exchange::append(const std::vector<SharedBytes>& body, std::size_t from, std::size_t count) {
  SoupMessageBody* out = soup_server_message_get_response_body(message_.get());
  for (const SharedBytes& bytes : body) {
    if (from >= bytes->size()) {
      from -= bytes->size();
      continue;
    }
    const std::size_t taken = std::min(count, bytes->size() - from);
    if (taken == 0) {
      return;
    }
    soup_message_body_append_bytes(out, wrap(bytes, from, taken).get());
    from = 0;
    count -= taken;
  }
}

void Exchange::wait_if_unanswered() {
  if (!is_answered_ && !is_finished()) {
    is_waiting_ = true;
    soup_server_message_pause(message_.get());
  }
}

void Exchange::resume() {
  if (is_waiting_) {
    is_waiting_ = false;
    soup_server_message_unpause(message_.get());
  }
}

}  // namespace estrad::web
