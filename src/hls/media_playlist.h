#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "hls/media_name.h"
#include "hls/playlist_timing.h"
#include "hls/segment.h"
#include "hls/track.h"

namespace estrad::hls {

/// Everything a live media playlist says, gathered by the time line.
/// draft-pantos-hls-rfc8216bis, sections 4.4 and 6.2; our choices are in docs/ARCHITECTURE.md.
struct LivePlaylist {
  const Track& track;
  const PlaylistTiming& timing;
  /// The listed window, oldest first, without holes in the media sequence; only the newest may be
  /// incomplete.
  std::span<const SegmentPtr> segments;
  /// The part that comes next; not written once the playlist has ended.
  PartName next_part;
  bool is_ended = false;
};

/// Text with relative addresses ("v720/1-17.2.m4s"), to be served one step above them. Parts and
/// program date-times stand in the part window, a date also after each discontinuity.
[[nodiscard]] std::string render_live(const LivePlaylist& playlist);

/// A whole recorded track: PLAYLIST-TYPE VOD, no parts, a date at the start and after each
/// discontinuity. `segments` has no holes in the media sequence.
[[nodiscard]] std::string render_recorded(const Track& track, const PlaylistTiming& timing,
                                          std::span<const SegmentInfo> segments);

}  // namespace estrad::hls
