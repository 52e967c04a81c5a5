#pragma once

#include <string>
#include <vector>

#include "hls/track.h"
#include "pipeline/framing.h"

namespace estrad::live {

/// A worker's tracks as the playlists name them, and back for the worker that must make the same.
[[nodiscard]] std::vector<hls::Track> to_tracks(const std::vector<pipeline::TrackInfo>& infos);
[[nodiscard]] std::vector<pipeline::TrackInfo> to_infos(const std::vector<hls::Track>& tracks);

/// The ladder of an event that goes live before its stage ever had a feed: 720p and below. Its
/// codecs are left open, the slate's encoder fills them in.
[[nodiscard]] std::vector<pipeline::TrackInfo> default_tracks();

/// For each of `tracks` the index of the worker's track that is the same rendition (name and
/// picture size); empty when one is missing.
[[nodiscard]] std::vector<std::size_t> match_tracks(const std::vector<hls::Track>& tracks,
                                                    const std::vector<pipeline::TrackInfo>& infos);

}  // namespace estrad::live
