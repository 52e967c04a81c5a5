#pragma once

#include <string>

#include <gio/gio.h>

namespace estrad::ingest {

/// What counts as one address for limits: an IPv4 address (also when it came mapped into IPv6), or
/// the /64 network of an IPv6 address, which is what one customer gets. Never logged.
[[nodiscard]] std::string address_group(GSocketAddress* address);

}  // namespace estrad::ingest
