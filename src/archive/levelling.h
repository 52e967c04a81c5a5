#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "archive/track_index.h"
#include "hls/segment.h"

namespace estrad::archive {

/// The gap entries that a track lacks to end with the same segment number as the longest one: after
/// a crash some tracks have begun a segment of which others have nothing. Each is as long as the
/// longest segment of that number.
[[nodiscard]] std::vector<hls::Part> missing_at_end(std::span<const TrackIndex> tracks,
                                                    std::span<const std::uint32_t> timescales,
                                                    std::size_t track);

}  // namespace estrad::archive
