#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "archive/take.h"
#include "archive/take_writer.h"
#include "archive/track_index.h"
#include "base/result.h"
#include "hls/timeline.h"

namespace estrad::archive {

/// Cuts what a crash or a power cut left half written of one track, and says where its files end:
/// the index after its last record whose bytes are all there and unharmed, the newest media file
/// after those bytes. Nothing that was announced before a crash of the server alone is lost.
[[nodiscard]] Result<TakeWriter::TrackEnd> mend_track(const std::filesystem::path& folder,
                                                      const hls::Track& track);

/// The indexes of all tracks, read whole.
[[nodiscard]] Result<std::vector<TrackIndex>> read_indexes(const std::filesystem::path& folder,
                                                           const TakeInfo& info);

/// Writes the gap entries that make all tracks end with the same segment.
[[nodiscard]] Status level_tracks(TakeWriter& writer, const std::vector<TrackIndex>& indexes);

/// Where the time line goes on after a levelled take, in the run of `info`.
[[nodiscard]] Result<hls::TimelineState> make_state(const std::filesystem::path& folder,
                                                    const TakeInfo& info,
                                                    const std::vector<TrackIndex>& indexes,
                                                    milliseconds window);

}  // namespace estrad::archive
