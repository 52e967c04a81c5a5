#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hls/media_name.h"
#include "hls/snapshot.h"
#include "web/response.h"

namespace estrad::web {

/// A playlist as it goes out: gzip where the client takes it, open to scripts of any site.
[[nodiscard]] Response playlist_response(const hls::Body& body, std::string_view cache_control);
/// Media never changes under its name, so the name is its tag.
[[nodiscard]] Response media_response(std::string_view track, const hls::MediaName& name,
                                      std::vector<SharedBytes> chunks,
                                      std::string_view cache_control);
/// A refusal of playlists or media: kept one second, and readable by players on other sites.
[[nodiscard]] Response refusal(unsigned status, std::string detail);

}  // namespace estrad::web
