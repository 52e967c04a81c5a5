#include "web/security_headers.h"

#include <string>
#include <utility>

#include "web/route.h"

namespace estrad::web {
namespace {

constexpr const char* kExposed =
    "Content-Length, Content-Range, Date, ETag, Retry-After, Accept-Ranges";

std::string page_policy(Framing framing) {
  // Styles in line: media-chrome's shadow roots carry their own. Scripts never are.
  std::string policy =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
      "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; "
      "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
      "frame-ancestors ";
  policy += framing == Framing::kAnyone ? "*" : "'none'";
  return policy;
}

}  // namespace

void set_security_headers(SoupMessageHeaders* headers, const Response& response) {
  soup_message_headers_append(headers, "X-Content-Type-Options", "nosniff");
  if (response.content_type.rfind("text/html", 0) == 0) {
    soup_message_headers_append(headers, "Content-Security-Policy",
                                page_policy(response.framing).c_str());
    soup_message_headers_append(headers, "Referrer-Policy", "same-origin");
    soup_message_headers_append(headers, "Permissions-Policy",
                                "geolocation=(), payment=(), usb=()");
  } else {
    soup_message_headers_append(headers, "Content-Security-Policy",
                                "default-src 'none'; frame-ancestors 'none'");
  }
  if (response.is_cross_origin) {
    soup_message_headers_append(headers, "Access-Control-Allow-Origin", "*");
    soup_message_headers_append(headers, "Access-Control-Expose-Headers", kExposed);
    soup_message_headers_append(headers, "Cross-Origin-Resource-Policy", "cross-origin");
  }
}

Response preflight_response(std::string_view path) {
  Response response = no_content();
  for (const std::string_view method : {"GET", "POST", "DELETE"}) {
    const RouteMatch match = match_route(method, path);
    response.is_cross_origin |= match.route != nullptr && match.route->is_cross_origin;
  }
  if (!response.is_cross_origin) {
    return response;
  }
  return std::move(response)
      .with("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE, OPTIONS")
      .with("Access-Control-Allow-Headers", "Content-Type, Range, Question-Secret")
      .with("Access-Control-Max-Age", "86400");
}

}  // namespace estrad::web
