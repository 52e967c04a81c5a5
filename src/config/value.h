#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

/// The kinds of value that configuration knows beside numbers, words and lists of them. Every
/// `parse` takes the text as an operator writes it and fails with what is allowed; every
/// `to_string` gives text that parses back to the same value.
namespace estrad::config {

/// An address to listen on. `host` is an IPv4 or IPv6 address without brackets, or "localhost".
struct HostPort {
  std::string host;
  std::uint16_t port = 0;  ///< 0: any free port.

  bool operator==(const HostPort&) const = default;
};

/// `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`.
[[nodiscard]] Result<HostPort> parse_host_port(std::string_view text);
[[nodiscard]] std::string to_string(const HostPort& address);

/// A block of addresses in CIDR form; IPv4 is kept as IPv4-mapped IPv6.
class Network {
 public:
  /// `10.0.0.0/8`, `::1/128`; an address alone is a block of one.
  [[nodiscard]] static Result<Network> parse(std::string_view text);

  /// False for text that is no address. A mapped IPv4 address counts as the IPv4 address.
  [[nodiscard]] bool contains(std::string_view address) const;
  [[nodiscard]] const std::string& text() const { return text_; }

  bool operator==(const Network&) const = default;

 private:
  std::string text_;
  std::array<std::uint8_t, 16> address_{};
  int prefix_bits_ = 128;
};

/// `40000-40099`, both ends included.
struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;

  bool operator==(const PortRange&) const = default;
};

[[nodiscard]] Result<PortRange> parse_port_range(std::string_view text);
[[nodiscard]] std::string to_string(const PortRange& range);

/// A whole number with one unit, `500ms`, `1s`, `30m`, `24h`, `90d`; or `0`.
[[nodiscard]] Result<std::chrono::milliseconds> parse_duration(std::string_view text);
/// In the largest unit that leaves no rest.
[[nodiscard]] std::string to_string(std::chrono::milliseconds duration);

/// `http://HOST[:PORT][/PATH]` or https, no query, no fragment; a closing slash is dropped.
[[nodiscard]] Result<std::string> parse_web_address(std::string_view text);

/// The path of `SCHEME:///absolute/path`, or an error that names what is allowed.
[[nodiscard]] Result<std::string> parse_local_url(std::string_view scheme, std::string_view text);

}  // namespace estrad::config
