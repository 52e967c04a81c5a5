#include "live/feed_lanes.h"

#include <utility>

#include "live/tracks.h"

namespace estrad::live {

bool FeedLanes::follow(const FeedRun& run, const std::vector<hls::Track>& tracks) {
  if (run.number != run_number_) {
    run_number_ = run.number;
    lanes_.assign(run.tracks.size(), std::nullopt);
    gate_.reset();
    const auto indexes = match_tracks(tracks, run.tracks);
    for (std::size_t i = 0; i < indexes.size(); ++i) {
      lanes_[indexes[i]] = i;
    }
    if (!indexes.empty()) {
      gate_.emplace(indexes.size());
    }
  }
  return gate_.has_value();
}

std::optional<std::size_t> FeedLanes::lane_of(std::size_t track_of_run) const {
  return track_of_run < lanes_.size() ? lanes_[track_of_run] : std::nullopt;
}

void FeedLanes::leave() {
  gate_.reset();
  run_number_ = 0;
}

void FeedLanes::shut() {
  if (gate_) {
    gate_->shut();
  }
}

Result<std::vector<pipeline::Part>> FeedLanes::add(const pipeline::Part& part, std::size_t lane) {
  pipeline::Part mine = part;
  mine.track = static_cast<std::uint8_t>(lane);
  return gate_->add(std::move(mine));
}

}  // namespace estrad::live
