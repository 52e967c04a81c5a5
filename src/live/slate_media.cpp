#include "live/slate_media.h"

#include <utility>
#include <variant>

#include "live/still_fragment.h"
#include "live/tracks.h"

namespace estrad::live {
namespace {

/// More than any slate needs of one track.
constexpr std::size_t kMostParts = 64;

bool is_video(const pipeline::TrackInfo& info) {
  return info.kind == pipeline::TrackKind::kVideo;
}

}  // namespace

std::vector<pipeline::TrackInfo> SlateMedia::infos() const {
  std::vector<pipeline::TrackInfo> infos;
  for (const TrackMedia& track : tracks_) {
    infos.push_back(track.info);
  }
  return infos;
}

Result<SlateMedia> SlateMedia::in_order_of(const std::vector<hls::Track>& tracks) const {
  const auto indexes = match_tracks(tracks, infos());
  if (indexes.size() != tracks.size()) {
    return fail(media_error("slate: made for other tracks"));
  }
  std::vector<TrackMedia> ordered;
  for (const std::size_t index : indexes) {
    ordered.push_back(tracks_[index]);
  }
  return SlateMedia(std::move(ordered));
}

std::vector<SlateLane> SlateMedia::lanes() const {
  std::vector<SlateLane> lanes;
  for (const TrackMedia& track : tracks_) {
    SlateLane lane;
    lane.is_video = is_video(track.info);
    lane.timescale = track.info.timescale;
    if (lane.is_video) {
      lane.still_parts = track.parts.size();
    } else {
      lane.frame_ticks = track.parts.front().duration;
      lane.most_frames = static_cast<std::uint32_t>(track.parts.size());
    }
    lanes.push_back(lane);
  }
  return lanes;
}

Result<hls::Fragment> SlateMedia::fragment(const SlatePiece& piece) const {
  const TrackMedia& track = tracks_[piece.lane];
  const std::size_t index = is_video(track.info) ? piece.still_part : piece.frames - 1;
  const pipeline::Part& part = track.parts[index];
  hls::Fragment fragment;
  fragment.is_independent = piece.is_independent;
  fragment.is_last = piece.is_last;
  fragment.duration = piece.duration;
  if (part.duration == piece.duration) {
    fragment.bytes = share(part.bytes);
    return fragment;
  }
  auto bytes = stretched(part.bytes, piece.duration);
  if (!bytes) {
    return fail(std::move(bytes).error());
  }
  fragment.bytes = share(std::move(*bytes));
  return fragment;
}

void SlateCollector::take(pipeline::Record record) {
  if (auto* list = std::get_if<pipeline::TrackList>(&record)) {
    tracks_.clear();
    for (pipeline::TrackInfo& info : list->tracks) {
      tracks_.push_back({std::move(info), nullptr, {}});
    }
  } else if (auto* init = std::get_if<pipeline::InitSegment>(&record)) {
    if (init->track < tracks_.size()) {
      tracks_[init->track].init = share(std::move(init->bytes));
    }
  } else if (auto* part = std::get_if<pipeline::Part>(&record)) {
    if (part->track < tracks_.size() && tracks_[part->track].parts.size() < kMostParts) {
      tracks_[part->track].parts.push_back(std::move(*part));
    }
  }
}

Result<SlateMedia> SlateCollector::finish() {
  if (tracks_.empty()) {
    return fail(media_error("slate: no tracks"));
  }
  for (const SlateMedia::TrackMedia& track : tracks_) {
    if (!track.init || track.parts.empty() || !track.parts.front().is_independent ||
        track.parts.front().duration == 0) {
      return fail(media_error("slate: track \"" + track.info.name + "\" is not whole"));
    }
  }
  return SlateMedia(std::exchange(tracks_, {}));
}

}  // namespace estrad::live
