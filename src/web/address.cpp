#include "web/address.h"

#include "base/text.h"
#include "glib/handle.h"

namespace estrad::web {
namespace {

std::string plain_text(GInetAddress* address) {
  const glib::Text text(g_inet_address_to_string(address));
  const std::string_view mapped = "::ffff:";
  const std::string_view shown = text.get();
  if (shown.substr(0, mapped.size()) == mapped && shown.find('.') != std::string_view::npos) {
    return std::string(shown.substr(mapped.size()));
  }
  return std::string(shown);
}

/// An entry of X-Forwarded-For may carry a port or brackets.
std::string bare_address(std::string_view entry) {
  entry = trim(entry);
  if (!entry.empty() && entry.front() == '[') {
    return std::string(entry.substr(1, entry.find(']') - 1));
  }
  const std::size_t colon = entry.find(':');
  if (colon != std::string_view::npos && entry.find(':', colon + 1) == std::string_view::npos) {
    return std::string(entry.substr(0, colon));
  }
  return std::string(entry);
}

}  // namespace

Result<glib::Ref<GSocketAddress>> parse_listen_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const auto port =
      colon == std::string_view::npos ? std::nullopt : parse_u64(text.substr(colon + 1));
  if (!port || *port > 65535) {
    return fail(invalid_input("\"" + std::string(text) + "\" is not ADDRESS:PORT"));
  }
  std::string host(text.substr(0, colon));
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  if (host == "localhost") {
    host = "127.0.0.1";
  }
  auto address = glib::Ref<GSocketAddress>::adopt(
      g_inet_socket_address_new_from_string(host.c_str(), static_cast<guint>(*port)));
  if (!address) {
    return fail(invalid_input("\"" + host + "\" is not a numeric address"));
  }
  return address;
}

std::string address_text(GSocketAddress* address) {
  if (!G_IS_INET_SOCKET_ADDRESS(address)) {
    return {};
  }
  return plain_text(g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address)));
}

Result<AddressRanges> AddressRanges::create(const std::vector<std::string>& ranges) {
  AddressRanges made;
  for (const std::string& range : ranges) {
    GError* error = nullptr;
    auto mask = glib::Ref<GInetAddressMask>::adopt(
        g_inet_address_mask_new_from_string(range.c_str(), &error));
    if (!mask) {
      return fail(
          invalid_input("\"" + range + "\" is no address range: " + glib::take_message(error)));
    }
    made.masks_.push_back(std::move(mask));
  }
  return made;
}

bool AddressRanges::contains(std::string_view address) const {
  const auto parsed =
      glib::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(std::string(address).c_str()));
  if (!parsed) {
    return false;
  }
  for (const auto& mask : masks_) {
    if (g_inet_address_mask_matches(mask.get(), parsed.get())) {
      return true;
    }
  }
  return false;
}

std::string client_address(const std::string& peer, std::string_view forwarded_for,
                           const AddressRanges& trusted_proxies) {
  if (forwarded_for.empty() || !trusted_proxies.contains(peer)) {
    return peer;
  }
  std::string nearest = peer;
  const auto entries = split(forwarded_for, ',');
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    std::string address = bare_address(*entry);
    const auto parsed =
        glib::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(address.c_str()));
    if (!parsed) {
      break;
    }
    nearest = plain_text(parsed.get());
    if (!trusted_proxies.contains(nearest)) {
      break;
    }
  }
  return nearest;
}

}  // namespace estrad::web
