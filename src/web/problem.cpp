#include "web/problem.h"

#include <libsoup/soup.h>
#include <nlohmann/json.hpp>

#include "base/log.h"

namespace estrad::web {

unsigned status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput:
      return 400;
    case ErrorKind::kNotFound:
      return 404;
    case ErrorKind::kConflict:
      return 409;
    case ErrorKind::kUnavailable:
      return 503;
    case ErrorKind::kMedia:
    case ErrorKind::kInternal:
      return 500;
  }
  return 500;
}

Response problem(const Error& error) {
  const unsigned status = status_of(error.kind);
  if (status == 500) {
    log::write(error);
    return problem(status, "A fault of the server. It has been logged.");
  }
  return problem(status, error.message, error.field);
}

Response problem(unsigned status, std::string detail, std::string field) {
  nlohmann::json body = {{"type", "about:blank"},
                         {"title", soup_status_get_phrase(status)},
                         {"status", status},
                         {"detail", std::move(detail)}};
  if (!field.empty()) {
    body["field"] = std::move(field);
  }
  Response response = json_response(status, body);
  response.content_type = "application/problem+json";
  return response;
}

Response too_many(milliseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return problem(429, "Too many requests; try again in " + std::to_string(seconds) + " s.")
      .with("Retry-After", std::to_string(seconds));
}

}  // namespace estrad::web
