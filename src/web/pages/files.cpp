#include "web/handlers.h"
#include "web/pages.h"

namespace estrad::web {
namespace {

Response asset_response(const Asset& asset, const std::string& name,
                        std::string_view cache_control) {
  Response response;
  response.content_type = asset.content_type;
  response.cache_control = cache_control;
  response.body = {asset.plain};
  response.gzip = asset.gzip;
  response.etag = "\"" + name + "\"";
  response.is_cross_origin = true;
  return response;
}

}  // namespace

void send_asset(Desk& desk, const ExchangePtr& exchange) {
  const std::string& name = exchange->param("name");
  const auto found = desk.assets.files.find(name);
  if (found == desk.assets.files.end()) {
    return exchange->send(problem(404, "There is no such file.").cached(cache::kOneSecond));
  }
  exchange->send(asset_response(found->second, name, cache::kHashedName));
}

void send_favicon(Desk& desk, const ExchangePtr& exchange) {
  const auto name = desk.assets.names.find("favicon.svg");
  const auto found = name == desk.assets.names.end() ? desk.assets.files.end()
                                                     : desk.assets.files.find(name->second);
  if (found == desk.assets.files.end()) {
    return exchange->send(problem(404, "There is no icon."));
  }
  exchange->send(asset_response(found->second, name->second, "public, max-age=86400"));
}

void send_robots(Desk& /*desk*/, const ExchangePtr& exchange) {
  exchange->send(text_response(200,
                               "User-agent: *\n"
                               "Disallow: /api/\n"
                               "Disallow: /studio\n"
                               "Disallow: /embed/\n")
                     .cached("public, max-age=3600"));
}

}  // namespace estrad::web
