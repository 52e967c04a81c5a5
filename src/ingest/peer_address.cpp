#include "ingest/peer_address.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace estrad::ingest {

std::string address_group(GSocketAddress* address) {
  if (address == nullptr || !G_IS_INET_SOCKET_ADDRESS(address)) {
    return {};
  }
  GInetAddress* inet = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address));
  const ByteView bytes(g_inet_address_to_bytes(inet), g_inet_address_get_native_size(inet));
  constexpr std::array<std::uint8_t, 12> kMappedIpv4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (bytes.size() == 16) {
    const bool is_ipv4 = std::ranges::equal(bytes.first(12), kMappedIpv4);
    return std::string(as_text(is_ipv4 ? bytes.subspan(12) : bytes.first(8)));
  }
  return std::string(as_text(bytes));
}

}  // namespace estrad::ingest
