#pragma once

#include <libsoup/soup.h>

#include "web/response.h"

namespace estrad::web {

/// What every answer carries: no third parties (CSP), no sniffing, no framing but of the embedded
/// player, referrers within the site, and CORS with exposed headers where any site may read.
void set_security_headers(SoupMessageHeaders* headers, const Response& response);
/// What a preflight of a cross-origin route says.
void set_preflight_headers(SoupMessageHeaders* headers);

}  // namespace estrad::web
