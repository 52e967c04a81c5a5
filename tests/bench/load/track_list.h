#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace estrad::load {

/// A part's place in its track.
struct PartKey {
  std::uint64_t msn = 0;
  std::uint32_t part = 0;
  auto operator<=>(const PartKey&) const = default;
};

using PartTime = std::chrono::sys_time<std::chrono::microseconds>;

struct ListedPart {
  PartKey key;
  /// As listed, relative to the playlist.
  std::string uri;
  /// Program date-time of its end.
  PartTime end;
};

/// What a viewer at the live edge needs of a media playlist, whole or delta.
struct TrackList {
  /// Oldest first; those without a date or with GAP=YES are left out.
  std::vector<ListedPart> parts;
  /// The part that comes after all that is listed: what to block for.
  PartKey next;
  std::string init_uri;
  std::chrono::microseconds part_hold_back{0};
  bool can_skip = false;
  bool is_delta = false;
  bool is_ended = false;
};

/// Tags that are of no concern are passed over; an error when it is no playlist, or lists parts as
/// byte ranges.
[[nodiscard]] Result<TrackList> read_track_list(std::string_view text);

/// The address of the first rendition whose address holds `name`, of a multivariant playlist; with
/// an empty name the first variant (`is_audio`: the first audio rendition). Relative to it.
[[nodiscard]] Result<std::string> find_rendition(std::string_view text, bool is_audio,
                                                 std::string_view name);

}  // namespace estrad::load
