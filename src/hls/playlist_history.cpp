#include "hls/playlist_history.h"

#include <algorithm>

#include "hls/media_playlist.h"

namespace estrad::hls {
namespace {

constexpr std::uint64_t kGroup = 64;

}  // namespace

void PlaylistHistory::push(const SegmentInfo& segment) {
  segments_.push_back(segment);
  groups_[segment.msn / kGroup].reset();
}

void PlaylistHistory::pop() {
  groups_.erase(segments_.front().msn / kGroup);
  segments_.pop_front();
  if (!segments_.empty()) {
    groups_[segments_.front().msn / kGroup].reset();
  }
}

PackedTextPtr PlaylistHistory::group(std::uint64_t number) {
  const std::uint64_t first = segments_.front().msn;
  const std::uint64_t from = std::max(number * kGroup, first) - first;
  const std::uint64_t until =
      std::min<std::uint64_t>((number + 1) * kGroup - first, segments_.size());
  const std::vector<SegmentInfo> infos(segments_.begin() + static_cast<std::ptrdiff_t>(from),
                                       segments_.begin() + static_cast<std::ptrdiff_t>(until));
  // The first segment of the playlist states its EXT-X-MAP.
  return pack(render_segments(track_, infos, from == 0 ? 0 : segments_[from - 1].init));
}

HistoryText PlaylistHistory::text() {
  HistoryText text;
  if (segments_.empty()) {
    return text;
  }
  text.segments = segments_.size();
  text.oldest = segments_.front();
  text.init = segments_.back().init;
  for (auto& [number, packed] : groups_) {
    if (!packed) {
      packed = group(number);
    }
    text.pieces.push_back(packed);
  }
  return text;
}

}  // namespace estrad::hls
