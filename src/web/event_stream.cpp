#include "web/event_stream.h"

#include <algorithm>
#include <utility>

#include "web/security_headers.h"

namespace estrad::web {

EventStream::EventStream(ExchangePtr exchange) : exchange_(std::move(exchange)) {
  SoupServerMessage* message = exchange_->message_.get();
  Response head;
  head.content_type = "text/event-stream";
  exchange_->is_answered_ = true;
  exchange_->set_headers(head, false);
  SoupMessageHeaders* headers = soup_server_message_get_response_headers(message);
  // Proxies shall pass events on as they come.
  soup_message_headers_replace(headers, "X-Accel-Buffering", "no");
  soup_message_headers_set_encoding(headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate(soup_server_message_get_response_body(message), FALSE);
  soup_server_message_set_status(message, SOUP_STATUS_OK, nullptr);
  using OnWritten = void (*)(SoupServerMessage*, guint, gpointer);
  const OnWritten on_written = [](SoupServerMessage*, guint size, gpointer self) noexcept {
    auto& unsent = static_cast<EventStream*>(self)->unsent_;
    unsent -= std::min<std::size_t>(unsent, size);
  };
  written_handler_ =
      g_signal_connect(message, "wrote-body-data", reinterpret_cast<GCallback>(on_written), this);
  beat();
  exchange_->resume();
}

EventStream::~EventStream() {
  g_signal_handler_disconnect(exchange_->message_.get(), written_handler_);
}

void EventStream::send(std::string_view name, std::string_view data) {
  std::string text = "event: ";
  text.append(name).append("\ndata: ").append(data).append("\n\n");
  write(std::move(text));
}

void EventStream::write(std::string text) {
  if (!is_open()) {
    return;
  }
  unsent_ += text.size();
  if (unsent_ > kMostUnsent) {
    g_socket_shutdown(exchange_->socket_.get(), TRUE, TRUE, nullptr);
    return;
  }
  SoupServerMessage* message = exchange_->message_.get();
  soup_message_body_append(soup_server_message_get_response_body(message), SOUP_MEMORY_COPY,
                           text.data(), text.size());
  soup_server_message_unpause(message);
}

}  // namespace estrad::web
