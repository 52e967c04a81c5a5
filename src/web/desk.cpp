#include "web/desk.h"

namespace estrad::web {

std::string public_url(const Desk& desk, const Exchange& exchange) {
  if (!desk.options.public_url.empty()) {
    return desk.options.public_url;
  }
  return exchange.origin(desk.trusted_proxies.contains(exchange.peer_address()));
}

}  // namespace estrad::web
