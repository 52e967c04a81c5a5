#pragma once

#include "web/desk.h"

namespace estrad::web {

/// The public event that `{slug}` leads to. Null when the exchange has been answered instead: 404
/// for an unknown one or a draft, 410 for a deleted one, 308 to where it moved.
[[nodiscard]] Shelf::EventPtr find_event(Desk& desk, const ExchangePtr& exchange);

/// Where a request for a moved slug goes: the same path and query under the new one.
[[nodiscard]] std::string moved_path(const Exchange& exchange, const std::string& slug);

}  // namespace estrad::web
