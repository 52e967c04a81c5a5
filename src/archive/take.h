#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "hls/playlist_timing.h"
#include "hls/track.h"

namespace estrad::archive {

/// Where a take lies: archive/<event>/<take>/. Both are names, `[A-Za-z0-9_-]{1,80}`; anything else
/// is refused before a path is made of it.
struct TakeAddress {
  std::string event;
  std::string take;
  auto operator<=>(const TakeAddress&) const = default;
};

[[nodiscard]] Status check(const TakeAddress& address);

enum class TakeState {
  kOpen,    ///< Being recorded, or left so by a crash.
  kClosed,  ///< Ended; may be resumed.
};

/// What take.json says.
struct TakeInfo {
  TakeAddress address;
  WallTime started_at{};
  /// Of the newest parts; grows whenever the take is resumed.
  std::uint32_t run = 1;
  TakeState state = TakeState::kOpen;
  hls::PlaylistTiming timing;
  std::vector<hls::Track> tracks;
};

/// take.json, version 1.
[[nodiscard]] std::string to_json(const TakeInfo& info);
/// Media error, with the key that is wrong, for anything that `to_json` does not write.
[[nodiscard]] Result<TakeInfo> parse_take(std::string_view json, TakeAddress address);

}  // namespace estrad::archive
