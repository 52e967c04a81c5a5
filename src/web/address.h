#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gio/gio.h>

#include "base/result.h"
#include "glib/ref.h"

namespace estrad::web {

/// `127.0.0.1:8080`, `[::1]:8080`, `0.0.0.0:0`: a numeric address, as a socket address to bind.
[[nodiscard]] Result<glib::Ref<GSocketAddress>> parse_listen_address(std::string_view text);

/// The numeric address alone; an IPv4 address mapped into IPv6 is given as IPv4. Empty when it is
/// no internet address.
[[nodiscard]] std::string address_text(GSocketAddress* address);

/// Address ranges (`10.0.0.0/8`, `::1/128`, `192.0.2.7`). Immutable once made; any thread.
class AddressRanges {
 public:
  AddressRanges() = default;
  [[nodiscard]] static Result<AddressRanges> create(const std::vector<std::string>& ranges);
  /// False for text that is no address.
  [[nodiscard]] bool contains(std::string_view address) const;

 private:
  std::vector<glib::Ref<GInetAddressMask>> masks_;
};

/// Who really asks: `peer`, or where that is a trusted proxy, the nearest address of
/// `X-Forwarded-For` (read from its right end) that is not. What an untrusted peer writes into the
/// header counts for nothing.
[[nodiscard]] std::string client_address(const std::string& peer, std::string_view forwarded_for,
                                         const AddressRanges& trusted_proxies);

}  // namespace estrad::web
