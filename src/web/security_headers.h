#pragma once

#include <string_view>

#include <libsoup/soup.h>

#include "web/response.h"

namespace estrad::web {

/// What every answer carries: no third parties (CSP), no sniffing, no framing but of the embedded
/// player, referrers within the site, and CORS with exposed headers where any site may read.
void set_security_headers(SoupMessageHeaders* headers, const Response& response);
/// The answer to a browser that asks whether another site's script may call `path`.
[[nodiscard]] Response preflight_response(std::string_view path);

}  // namespace estrad::web
