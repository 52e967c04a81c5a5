#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "hls/media_name.h"
#include "hls/playlist_history.h"
#include "hls/playlist_timing.h"
#include "hls/segment.h"
#include "hls/track.h"

namespace estrad::hls {

/// The end of another track of the same channel, for players that switch to it.
struct RenditionReport {
  std::string_view track;
  std::uint64_t last_msn = 0;
  std::uint32_t last_part = 0;
};

/// Everything a live media playlist says, gathered by the time line.
/// draft-pantos-hls-rfc8216bis, sections 4.4 and 6.2; our choices are in docs/ARCHITECTURE.md.
struct LivePlaylist {
  const Track& track;
  const PlaylistTiming& timing;
  /// What a delta update skips.
  const HistoryText& history;
  /// The segments after those, oldest first, without holes in the media sequence; only the newest
  /// may be incomplete.
  std::span<const SegmentPtr> segments;
  std::span<const RenditionReport> reports;
  /// The part that comes next; not written once the playlist has ended.
  PartName next_part;
  bool is_ended = false;
};

/// A live playlist is `head`, the history and `tail`; a delta update is `delta_head` and `tail`.
struct LiveText {
  std::string head;
  /// Empty when there is nothing to skip.
  std::string delta_head;
  std::string tail;
};

/// Text with relative addresses ("v720/1-17.2.m4s"), to be served one step above them. Parts and
/// program date-times stand in the part window, a date also after each discontinuity.
[[nodiscard]] LiveText render_live(const LivePlaylist& playlist);

/// Complete segments outside the part window. `init` is the number of the EXT-X-MAP that holds
/// before them; 0 for the first segments of a playlist, which begin with a date.
[[nodiscard]] std::string render_segments(const Track& track, std::span<const SegmentInfo> segments,
                                          std::uint32_t init);

/// A whole recorded track: PLAYLIST-TYPE VOD, no parts, a date at the start and after each
/// discontinuity. `segments` has no holes in the media sequence.
[[nodiscard]] std::string render_recorded(const Track& track, const PlaylistTiming& timing,
                                          std::span<const SegmentInfo> segments);

}  // namespace estrad::hls
