#include "web/response.h"

#include <nlohmann/json.hpp>

#include "base/gzip.h"
#include "base/text.h"

namespace estrad::web {
namespace {

/// Below this a gzip header eats the gain.
constexpr std::size_t kWorthCompressing = 1024;

}  // namespace

Response&& Response::with(std::string name, std::string value) && {
  headers.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}

Response&& Response::cached(std::string_view cache_control_value) && {
  cache_control = cache_control_value;
  return std::move(*this);
}

std::size_t size_of(const std::vector<SharedBytes>& body) {
  std::size_t size = 0;
  for (const SharedBytes& bytes : body) {
    size += bytes->size();
  }
  return size;
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response json_response(unsigned status, const nlohmann::json& body) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = {share(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace))};
  return response;
}

Response json_bytes(SharedBytes body) {
  Response response;
  response.content_type = "application/json";
  response.body = {std::move(body)};
  return response;
}

Response html_response(unsigned status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.cache_control = cache::kRevalidate;
  response.body = {share(body)};
  if (body.size() >= kWorthCompressing) {
    response.gzip = share(gzip(body));
  }
  return response;
}

Response text_response(unsigned status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = {share(body)};
  return response;
}

Response moved_to(std::string location) {
  Response response;
  response.status = 308;
  response.cache_control = "public, max-age=300";
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

}  // namespace estrad::web
