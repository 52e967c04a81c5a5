#include "http_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "base/text.h"

namespace estrad::test {

std::string Answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

HttpClient::HttpClient(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience{10, 0};
  setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
}

bool HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void HttpClient::request(const std::string& method, const std::string& path,
                         const std::string& headers, const std::string& body) {
  std::string text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
  if (!body.empty()) {
    text +=
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  }
  send(text + "\r\n" + body);
}

Answer HttpClient::receive(bool is_head) {
  Answer answer;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) {
      return answer;
    }
  }
  const std::string head = take(end + 4);
  const auto lines = split(head, '\n');
  answer.status = std::stoi(std::string(lines[0].substr(9, 3)));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string_view line = trim(lines[i]);
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
      answer.headers[to_lower_ascii(line.substr(0, colon))] = trim(line.substr(colon + 1));
    }
  }
  if (!is_head && !answer.header("content-length").empty()) {
    answer.body = take(std::stoul(answer.header("content-length")));
  }
  return answer;
}

Answer HttpClient::get(const std::string& path, const std::string& headers) {
  request("GET", path, headers);
  return receive();
}

bool HttpClient::waits_for_end() {
  char byte = 0;
  return ::recv(socket_.get(), &byte, 1, 0) == 0;
}

std::string HttpClient::read_until(std::string_view text) {
  while (buffer_.find(text) == std::string::npos) {
    if (!fill()) {
      break;
    }
  }
  return buffer_;
}

bool HttpClient::fill() {
  char bytes[16384];
  const ssize_t count = ::recv(socket_.get(), bytes, sizeof(bytes), 0);
  if (count <= 0) {
    return false;
  }
  buffer_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::string HttpClient::take(std::size_t count) {
  while (buffer_.size() < count && fill()) {
  }
  std::string taken = buffer_.substr(0, count);
  buffer_.erase(0, taken.size());
  return taken;
}

}  // namespace estrad::test
