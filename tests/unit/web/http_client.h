#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "glib/handle.h"

namespace estrad::test {

struct Answer {
  int status = 0;
  /// Names in lower case.
  std::map<std::string, std::string> headers;
  std::string body;

  [[nodiscard]] std::string header(const std::string& name) const;
};

/// A plain HTTP/1.1 client on one connection, which says exactly what it is told to. Waits at most
/// ten seconds for anything.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);

  /// Sends bytes as they are; false when the server has closed.
  bool send(std::string_view bytes);
  void request(const std::string& method, const std::string& path, const std::string& headers = "",
               const std::string& body = "");
  /// The next answer, whole. Status 0 when the connection ended first.
  Answer receive(bool is_head = false);
  Answer get(const std::string& path, const std::string& headers = "");
  /// True when the server ends the connection without a word.
  bool waits_for_end();
  /// Bytes of a stream until `text` has come; what came.
  std::string read_until(std::string_view text);

 private:
  bool fill();
  std::string take(std::size_t count);

  glib::Fd socket_;
  std::string buffer_;
};

}  // namespace estrad::test
