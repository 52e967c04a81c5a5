#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <vector>

#include "base/gzip.h"
#include "hls/segment.h"
#include "hls/track.h"

namespace estrad::hls {

/// The older segments of a live playlist as text, to stand before the newer ones.
struct HistoryText {
  std::size_t segments = 0;
  /// The first segment that the playlist lists.
  SegmentInfo oldest;
  /// The EXT-X-MAP that holds at the end; 0 when there are no segments.
  std::uint32_t init = 0;
  std::vector<PackedTextPtr> pieces = {};
};

/// The segments of a live playlist that are further than the skip boundary from the live edge: what
/// a delta update leaves out (rfc8216bis, 6.2.5.1). They have neither parts nor dates, so their
/// text never changes: it is written and packed once for each group of 64, which keeps a playlist
/// that reaches back for hours as cheap as a short one. One thread.
class PlaylistHistory {
 public:
  explicit PlaylistHistory(const Track& track) : track_(track) {}

  /// The segment after the newest; complete.
  void push(const SegmentInfo& segment);
  /// The oldest leaves the playlist. Not when empty.
  void pop();

  [[nodiscard]] bool is_empty() const { return segments_.empty(); }
  [[nodiscard]] std::size_t size() const { return segments_.size(); }
  /// `index` counts from the oldest.
  [[nodiscard]] const SegmentInfo& at(std::size_t index) const { return segments_[index]; }

  /// Packs what is new since the last call.
  [[nodiscard]] HistoryText text();

 private:
  [[nodiscard]] PackedTextPtr group(std::uint64_t number);

  // set once
  Track track_;

  std::deque<SegmentInfo> segments_;
  /// By media sequence number ÷ 64. Empty: to be written again.
  std::map<std::uint64_t, PackedTextPtr> groups_;
};

}  // namespace estrad::hls
