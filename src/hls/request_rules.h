#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "hls/snapshot.h"

namespace estrad::hls {

/// The delivery directives of a media playlist request (rfc8216bis, 6.2.5).
struct PlaylistRequest {
  std::optional<std::uint64_t> msn;
  std::optional<std::uint64_t> part;
  /// `_HLS_skip` is YES, or v2, which is the same without date ranges: a delta update will do.
  bool skip = false;

  [[nodiscard]] bool is_blocking() const { return msn.has_value(); }
};

/// Reads the raw query of a request ("_HLS_msn=17&_HLS_part=2"). Unknown parameters are ignored;
/// a directive that is no number, comes twice, or a part without a media sequence number is
/// invalid input (400).
[[nodiscard]] Result<PlaylistRequest> parse_playlist_request(std::string_view query);

enum class PlaylistAnswer {
  kNow,        ///< 200 with the snapshot's playlist.
  kWait,       ///< Ask again with the next snapshot.
  kTooFar,     ///< 400: asks for more than the live edge will reach soon.
  kWaitedOut,  ///< 503: blocked for longer than three target durations.
};

/// `waited` is how long the request has been blocked already.
[[nodiscard]] PlaylistAnswer decide(const PlaylistRequest& request, const TrackSnapshot& snapshot,
                                    milliseconds waited);

}  // namespace estrad::hls
