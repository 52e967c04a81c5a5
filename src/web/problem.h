#pragma once

#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "web/response.h"

namespace estrad::web {

/// The one place where a kind of error becomes an HTTP status.
[[nodiscard]] unsigned status_of(ErrorKind kind);

/// RFC 9457 `application/problem+json`: type, title, status, detail, and `field` where one is at
/// fault. What an internal error says stays in the log.
[[nodiscard]] Response problem(const Error& error);
[[nodiscard]] Response problem(unsigned status, std::string detail, std::string field = {});

/// 429: the sender has to wait so long.
[[nodiscard]] Response too_many(milliseconds wait);

}  // namespace estrad::web
