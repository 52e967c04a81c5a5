#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "hls/timeline.h"
#include "hls/track.h"
#include "live/slate_schedule.h"
#include "pipeline/framing.h"

namespace estrad::live {

/// The material of a slate: for each track an init segment and the parts of one still group of
/// pictures, or silences of 1, 2, 3 … frames. Immutable.
class SlateMedia {
 public:
  struct TrackMedia {
    pipeline::TrackInfo info;
    SharedBytes init;
    /// Video: the still group, in order. Audio: index n-1 lasts n frames.
    std::vector<pipeline::Part> parts;
  };
  explicit SlateMedia(std::vector<TrackMedia> tracks) : tracks_(std::move(tracks)) {}

  [[nodiscard]] std::vector<pipeline::TrackInfo> infos() const;
  /// The same material in the order of `tracks`; media error when one of them is missing.
  [[nodiscard]] Result<SlateMedia> in_order_of(const std::vector<hls::Track>& tracks) const;

  [[nodiscard]] std::vector<SlateLane> lanes() const;
  [[nodiscard]] SharedBytes init(std::size_t lane) const { return tracks_[lane].init; }
  /// A fragment that lasts as long as the piece; its times and numbers are the caller's to set.
  [[nodiscard]] Result<hls::Fragment> fragment(const SlatePiece& piece) const;

 private:
  std::vector<TrackMedia> tracks_;
};

/// Collects a slate worker's records. Used on the live loop.
class SlateCollector {
 public:
  void take(pipeline::Record record);
  /// What came until the worker was done; media error when something is missing.
  [[nodiscard]] Result<SlateMedia> finish();

 private:
  std::vector<SlateMedia::TrackMedia> tracks_;
};

}  // namespace estrad::live
