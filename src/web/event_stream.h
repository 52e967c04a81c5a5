#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "web/exchange.h"

namespace estrad::web {

/// An answer that goes on: text/event-stream. A client that reads more slowly than events come is
/// cut off at `kMostUnsent` (it reconnects and starts afresh). Lives on its http loop.
class EventStream {
 public:
  static constexpr std::size_t kMostUnsent = 1024 * 1024;

  /// Answers the exchange with the stream's head.
  explicit EventStream(ExchangePtr exchange);
  ~EventStream();
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  /// One event; `data` is one line.
  void send(std::string_view name, std::string_view data);
  /// A comment that shows both ends that the line is up.
  void beat() { write(": \n\n"); }
  [[nodiscard]] bool is_open() const { return !exchange_->is_finished(); }

 private:
  void write(std::string text);

  ExchangePtr exchange_;
  gulong written_handler_ = 0;
  std::size_t unsent_ = 0;
};

}  // namespace estrad::web
