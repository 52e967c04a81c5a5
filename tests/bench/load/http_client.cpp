#include "http_client.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/text.h"

namespace estrad::load {
namespace {

/// Small enough that little of a body is copied together with its head.
constexpr std::size_t kHeadRead = 2048;
constexpr std::size_t kBodyRead = 65'536;
constexpr std::size_t kMostHead = 16'384;

/// The value of a header in a head of lower-case letters; empty when there is none.
std::string_view value_of(std::string_view head, std::string_view name) {
  const std::size_t at = head.find("\r\n" + std::string(name) + ":");
  if (at == std::string_view::npos) {
    return {};
  }
  const std::size_t begin = at + 3 + name.size();
  return trim(head.substr(begin, head.find("\r\n", begin) - begin));
}

}  // namespace

Result<HttpClient> HttpClient::connect(const ServerAddress& address, int epoll_fd, void* owner) {
  glib::Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) {
    return fail(unavailable_errno("socket", errno));
  }
  sockaddr_in remote{};
  remote.sin_family = AF_INET;
  remote.sin_port = htons(address.port);
  remote.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&remote), sizeof remote) != 0) {
    return fail(unavailable_errno("connect to " + address.host, errno));
  }
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::fcntl(socket.get(), F_SETFL, O_NONBLOCK);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = owner;
  if (::epoll_ctl(epoll_fd, EPOLL_CTL_ADD, socket.get(), &event) != 0) {
    return fail(unavailable_errno("epoll_ctl", errno));
  }
  return HttpClient(std::move(socket), address.host);
}

Status HttpClient::ask(std::string_view path, Body body, bool takes_gzip) {
  wanted_ = body;
  has_head_ = false;
  head_.clear();
  answer_ = {};
  std::string request = "GET ";
  request.append(path).append(" HTTP/1.1\r\nHost: ").append(host_);
  request.append("\r\nUser-Agent: bench_load\r\nAccept: */*\r\n");
  request.append(takes_gzip ? "Accept-Encoding: gzip\r\n\r\n" : "\r\n");
  const ssize_t sent = ::send(socket_.get(), request.data(), request.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(request.size())) {
    return fail(unavailable_errno("send", sent < 0 ? errno : EAGAIN));
  }
  return {};
}

Result<bool> HttpClient::read() {
  static std::array<char, kBodyRead> buffer;
  for (;;) {
    const bool drops = has_head_ && wanted_ == Body::kCounted;
    const std::size_t most = has_head_ ? std::min(missing_, kBodyRead) : kHeadRead;
    // Linux throws the bytes away inside the kernel with MSG_TRUNC (tcp(7)).
    const auto count = drops ? receive(nullptr, missing_, MSG_TRUNC)
                             : receive(buffer.data(), has_head_ ? most : kHeadRead, 0);
    if (!count) {
      return fail(count.error());
    }
    if (*count == 0) {
      return false;
    }
    answer_.wire_size += *count;
    if (drops) {
      missing_ -= *count;
    } else if (auto taken = take({buffer.data(), *count}); !taken) {
      return fail(taken.error());
    }
    if (has_head_ && missing_ == 0) {
      return true;
    }
  }
}

Result<std::size_t> HttpClient::receive(char* into, std::size_t most, int flags) {
  const ssize_t count = ::recv(socket_.get(), into, most, flags);
  if (count == 0) {
    return fail(unavailable("the server closed the connection"));
  }
  if (count < 0) {
    if (errno == EAGAIN || errno == EINTR) {
      return 0U;
    }
    return fail(unavailable_errno("recv", errno));
  }
  return static_cast<std::size_t>(count);
}

Status HttpClient::take(std::string_view bytes) {
  if (!has_head_) {
    head_.append(bytes);
    const std::size_t end = head_.find("\r\n\r\n");
    if (end == std::string::npos) {
      return head_.size() > kMostHead ? Status(fail(unavailable("a head without an end")))
                                      : Status();
    }
    const std::string rest = head_.substr(end + 4);
    head_.resize(end + 2);
    if (auto read = read_head(); !read) {
      return read;
    }
    return take(rest);
  }
  if (bytes.size() > missing_) {
    return fail(unavailable("more body than Content-Length says"));
  }
  if (wanted_ == Body::kKept) {
    answer_.body.append(bytes);
  }
  missing_ -= bytes.size();
  return {};
}

Status HttpClient::read_head() {
  has_head_ = true;
  const std::string head = to_lower_ascii(head_);
  constexpr std::string_view kVersion = "http/1.1 ";
  const bool is_http = head.starts_with(kVersion);
  const std::uint64_t status =
      is_http ? parse_u64(std::string_view(head).substr(kVersion.size(), 3)).value_or(0) : 0;
  const auto length = parse_u64(value_of(head, "content-length"));
  if (status == 0 || (!length && status != 304 && status != 204)) {
    return fail(unavailable("an answer without status or Content-Length: " + head_.substr(0, 60)));
  }
  answer_.status = static_cast<int>(status);
  answer_.is_gzip = value_of(head, "content-encoding") == "gzip";
  answer_.closes = value_of(head, "connection") == "close";
  missing_ = length.value_or(0);
  answer_.body_size = missing_;
  return {};
}

}  // namespace estrad::load
