#pragma once

#include <array>
#include <cstdint>
#include <string>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "base/bytes.h"
#include "glib/handle.h"
#include "unit/ingest/encoder.h"

namespace estrad::test {

/// A plain TCP line to a local port; reads wait for at most 10 s.
class Line {
 public:
  explicit Line(std::uint16_t port, bool is_ipv6 = false)
      : fd_(::socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval limit{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in6 ipv6{};
    ipv6.sin6_family = AF_INET6;
    ipv6.sin6_port = htons(port);
    ipv6.sin6_addr = in6addr_loopback;
    sockaddr_in ipv4{};
    ipv4.sin_family = AF_INET;
    ipv4.sin_port = htons(port);
    ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_connected_ =
        is_ipv6 ? ::connect(fd_.get(), reinterpret_cast<sockaddr*>(&ipv6), sizeof ipv6) == 0
                : ::connect(fd_.get(), reinterpret_cast<sockaddr*>(&ipv4), sizeof ipv4) == 0;
  }

  [[nodiscard]] bool is_connected() const { return is_connected_; }
  bool send(const Bytes& bytes) {
    return ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
  }
  /// What has come, at least one byte; empty when the other side has closed.
  Bytes read() {
    std::array<std::uint8_t, 4096> buffer{};
    const ssize_t count = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
    EXPECT_TRUE(count >= 0 || errno != EAGAIN) << "nothing came for 10 s";
    return count > 0 ? Bytes(buffer.begin(), buffer.begin() + count) : Bytes();
  }
  Bytes read(std::size_t count) {
    Bytes bytes;
    while (bytes.size() < count) {
      const Bytes more = read();
      if (more.empty()) {
        break;
      }
      bytes.insert(bytes.end(), more.begin(), more.end());
    }
    return bytes;
  }
  /// True once the other side has closed; whatever comes before is skipped.
  bool is_closed_by_server() {
    while (!read().empty()) {
    }
    return true;
  }

 private:
  glib::Fd fd_;
  bool is_connected_ = false;
};

/// An encoder on a line, for what real ones cannot be made to do.
class LineEncoder {
 public:
  explicit LineEncoder(std::uint16_t port) : line(port) {}

  bool shake_hands() {
    line.send(HandshakeClient::simple_start());
    const Bytes answer = line.read(1 + 2 * ingest::rtmp::kHandshakeSize);
    return answer.size() == 1 + 2 * ingest::rtmp::kHandshakeSize &&
           line.send(HandshakeClient::simple_answer(answer));
  }
  void ask_to_publish(const std::string& key) {
    EXPECT_TRUE(shake_hands());
    line.send(encoder.connect("live"));
    line.send(encoder.create_stream());
    line.send(encoder.publish(key));
  }
  /// The code of the next onStatus; "closed" when the server closes before.
  std::string next_status() {
    for (;;) {
      const Bytes bytes = line.read();
      if (bytes.empty()) {
        return "closed";
      }
      for (const auto& message : encoder.hear(bytes)) {
        const auto command = ingest::rtmp::read_command(message);
        if (command && command->name == "onStatus") {
          return *command->arguments[0].property("code")->string();
        }
      }
    }
  }
  void send_video(std::uint32_t at) {
    line.send(encoder.message(4, {ingest::rtmp::MessageType::kVideo, 1, at, {0x17, 1, 0, 0, 0}}));
  }

  Line line;
  Encoder encoder;
};

}  // namespace estrad::test
