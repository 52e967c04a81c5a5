#include "web/media_response.h"

#include "web/problem.h"

namespace estrad::web {

Response playlist_response(const hls::Body& body, std::string_view cache_control) {
  Response response;
  response.content_type = "application/vnd.apple.mpegurl";
  response.cache_control = cache_control;
  response.body = {body.plain};
  response.gzip = body.gzip;
  response.etag = body.etag;
  response.is_cross_origin = true;
  return response;
}

Response media_response(std::string_view track, const hls::MediaName& name,
                        std::vector<SharedBytes> chunks, std::string_view cache_control) {
  Response response;
  response.content_type = track.substr(0, 1) == "a" ? "audio/mp4" : "video/mp4";
  response.cache_control = cache_control;
  response.body = std::move(chunks);
  response.etag = "\"" + std::string(track) + "/" + to_string(name) + "\"";
  response.is_cross_origin = true;
  response.headers.emplace_back("Accept-Ranges", "bytes");
  return response;
}

Response refusal(unsigned status, std::string detail) {
  Response response = problem(status, std::move(detail)).cached(cache::kOneSecond);
  response.is_cross_origin = true;
  return response;
}

}  // namespace estrad::web
