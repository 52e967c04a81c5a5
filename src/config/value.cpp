#include "config/value.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <arpa/inet.h>
#include <spdlog/fmt/fmt.h>

#include "base/text.h"

namespace estrad::config {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::optional<std::array<std::uint8_t, 16>> parse_address(std::string_view text) {
  const std::string terminated(text);
  std::array<std::uint8_t, 16> address{};
  if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) {
    return address;
  }
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.begin());
  if (inet_pton(AF_INET, terminated.c_str(), address.data() + kMappedPrefix.size()) == 1) {
    return address;
  }
  return std::nullopt;
}

bool is_ipv4(std::string_view text) {
  return text.find(':') == std::string_view::npos;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  const auto number = parse_u64(text);
  if (!number || *number > 65535) {
    return std::nullopt;
  }
  return static_cast<std::uint16_t>(*number);
}

struct Unit {
  std::string_view suffix;
  std::uint64_t ms;
};
constexpr std::array<Unit, 5> kUnits{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::uint64_t kLongestMs = 100ULL * 365 * 86'400'000;

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == ':' || c == '[' || c == ']';
}

}  // namespace

Result<HostPort> parse_host_port(std::string_view text) {
  constexpr std::string_view kAllowed =
      "an address and a port, like 127.0.0.1:8080 or [::1]:8080 (port 0: any free one)";
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return fail(invalid_input(std::string(kAllowed)));
  }
  auto host = text.substr(0, colon);
  const auto port = parse_port(text.substr(colon + 1));
  const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (is_bracketed) {
    host = host.substr(1, host.size() - 2);
  }
  const bool is_host =
      host == "localhost" || (parse_address(host).has_value() && is_bracketed == !is_ipv4(host));
  if (!port || !is_host) {
    return fail(invalid_input(std::string(kAllowed)));
  }
  return HostPort{std::string(host), *port};
}

std::string to_string(const HostPort& address) {
  return is_ipv4(address.host) ? fmt::format("{}:{}", address.host, address.port)
                               : fmt::format("[{}]:{}", address.host, address.port);
}

Result<Network> Network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto host = text.substr(0, slash);
  const auto address = parse_address(host);
  const int most_bits = is_ipv4(host) ? 32 : 128;
  int bits = most_bits;
  if (slash != std::string_view::npos) {
    const auto given = parse_u64(text.substr(slash + 1));
    bits = given && *given <= static_cast<std::uint64_t>(most_bits) ? static_cast<int>(*given) : -1;
  }
  if (!address || bits < 0) {
    return fail(invalid_input("a block of addresses, like 10.0.0.0/8 or ::1/128"));
  }
  Network network;
  network.text_ = std::string(text);
  network.address_ = *address;
  network.prefix_bits_ = bits + (128 - most_bits);
  return network;
}

bool Network::contains(std::string_view address) const {
  const auto other = parse_address(address);
  if (!other) {
    return false;
  }
  const auto whole_bytes = static_cast<std::size_t>(prefix_bits_ / 8);
  if (!std::equal(address_.begin(), address_.begin() + prefix_bits_ / 8, other->begin())) {
    return false;
  }
  const int rest = prefix_bits_ % 8;
  return rest == 0 || ((address_.at(whole_bytes) ^ other->at(whole_bytes)) >> (8 - rest)) == 0;
}

Result<PortRange> parse_port_range(std::string_view text) {
  const auto dash = text.find('-');
  const auto first = parse_port(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_port(text.substr(dash + 1));
  if (!first || !last || *first == 0 || *first > *last) {
    return fail(invalid_input("a range of ports, like 40000-40099"));
  }
  return PortRange{*first, *last};
}

std::string to_string(const PortRange& range) {
  return fmt::format("{}-{}", range.first, range.last);
}

Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
  if (text == "0") {
    return std::chrono::milliseconds(0);
  }
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = parse_u64(text.substr(0, digits));
  const auto unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& candidate) {
    return candidate.suffix == text.substr(digits);
  });
  if (!number || unit == kUnits.end() || *number > kLongestMs / unit->ms) {
    return fail(invalid_input("a whole number with a unit, like 500ms, 1s, 30m, 24h or 90d; or 0"));
  }
  return std::chrono::milliseconds(*number * unit->ms);
}

std::string to_string(std::chrono::milliseconds duration) {
  const auto ms = static_cast<std::uint64_t>(duration.count());
  if (ms == 0) {
    return "0";
  }
  // One day is written as 24h: it reads as a time of waiting, not as a date.
  const auto* const largest = ms == kUnits.front().ms ? kUnits.begin() + 1 : kUnits.begin();
  const auto* const unit = std::find_if(
      largest, kUnits.end(), [&](const Unit& candidate) { return ms % candidate.ms == 0; });
  return fmt::format("{}{}", ms / unit->ms, unit->suffix);
}

Result<std::string> parse_web_address(std::string_view text) {
  const auto error = [] {
    return fail(invalid_input("an address like https://play.example.org, without ? and #"));
  };
  auto rest = text;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return error();
  }
  const auto host = rest.substr(0, rest.find('/'));
  const bool is_host = !host.empty() && std::all_of(host.begin(), host.end(), is_host_character);
  if (!is_host || text.find_first_of("?# \"<>\\@") != std::string_view::npos) {
    return error();
  }
  while (text.ends_with('/')) {
    text.remove_suffix(1);
  }
  return std::string(text);
}

Result<std::string> parse_local_url(std::string_view scheme, std::string_view text) {
  const auto prefix = fmt::format("{}:///", scheme);
  if (!text.starts_with(prefix) || text.size() == prefix.size() ||
      text.find_first_of("?#") != std::string_view::npos) {
    return fail(
        invalid_input(fmt::format("{}/absolute/path", prefix.substr(0, prefix.size() - 1))));
  }
  return std::string(text.substr(prefix.size() - 1));
}

}  // namespace estrad::config
