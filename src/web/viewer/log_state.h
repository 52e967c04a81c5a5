#pragma once

#include "base/bytes.h"
#include "webcast/event.h"

namespace estrad::web {

struct Desk;

/// What `GET /w/SLUG/log` says of the event.
[[nodiscard]] SharedBytes log_state_of(const Desk& desk, const webcast::Event& event);

}  // namespace estrad::web
