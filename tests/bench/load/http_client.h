#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "glib/handle.h"

namespace estrad::load {

/// Where the server under load listens. Loopback only: this is no weapon.
struct ServerAddress {
  std::uint16_t port = 0;
  /// For the Host header.
  std::string host;
};

/// One kept-alive connection that asks one thing at a time (HTTP/1.1, Content-Length bodies only).
class HttpClient {
 public:
  /// What becomes of an answer's body.
  enum class Body {
    kKept,
    kCounted,  ///< Thrown away inside the kernel: media is not looked at, only its length is.
  };
  struct Answer {
    int status = 0;
    bool is_gzip = false;
    bool closes = false;
    std::size_t body_size = 0;
    /// Head and body as they came over the wire.
    std::size_t wire_size = 0;
    /// Empty when the body was only counted.
    std::string body;
  };

  /// Connects, and watches the connection with `epoll_fd`, which hands out `owner` when there is
  /// something to read.
  [[nodiscard]] static Result<HttpClient> connect(const ServerAddress& address, int epoll_fd,
                                                  void* owner);

  /// `path` with its query. Nothing else is on the way.
  [[nodiscard]] Status ask(std::string_view path, Body body, bool takes_gzip);
  /// Reads what has come; true when answer() is whole. An error when the connection is of no more
  /// use.
  [[nodiscard]] Result<bool> read();
  [[nodiscard]] const Answer& answer() const { return answer_; }

 private:
  HttpClient(glib::Fd socket, std::string host)
      : socket_(std::move(socket)), host_(std::move(host)) {}

  [[nodiscard]] Status take(std::string_view bytes);
  [[nodiscard]] Status read_head();
  /// What recv() says: the count, 0 when nothing has come yet.
  [[nodiscard]] Result<std::size_t> receive(char* into, std::size_t most, int flags);

  glib::Fd socket_;
  std::string host_;
  Body wanted_ = Body::kKept;
  bool has_head_ = false;
  std::string head_;
  /// Of the body, once the head is known.
  std::size_t missing_ = 0;
  Answer answer_;
};

}  // namespace estrad::load
