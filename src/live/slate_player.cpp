#include "live/slate_player.h"

#include <algorithm>
#include <utility>

#include "hls/ticks.h"

namespace estrad::live {
namespace {

/// A longer silence is not made up for: the time line jumps over it.
constexpr std::chrono::seconds kLongestCatchUp{3};

}  // namespace

SlatePlayer::SlatePlayer(std::shared_ptr<const SlateMedia> media, SlateSchedule::Shape shape,
                         const Clock& clock, std::optional<SteadyTime> last_part)
    : media_(std::move(media)),
      shape_(shape),
      clock_(clock),
      lanes_(media_->lanes()),
      schedule_(shape, lanes_),
      progress_(lanes_.size()) {
  const SteadyTime now = clock.steady();
  origin_ = now - std::chrono::duration_cast<SteadyTime::duration>(shape.part);
  if (last_part && now - *last_part <= kLongestCatchUp) {
    origin_ = *last_part;
  }
  origin_date_ = clock.wall() - std::chrono::duration_cast<milliseconds>(now - origin_);
}

Result<std::vector<hls::PlacedPart>> SlatePlayer::advance(hls::Timeline& timeline) {
  std::vector<hls::PlacedPart> placed;
  while (true) {
    // By the lane that is behind: the first segment fills the lanes from different times.
    nanoseconds played = nanoseconds::max();
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      played = std::min(played, hls::from_ticks(progress_[i].time, lanes_[i].timescale));
    }
    if (played + shape_.part > clock_.steady() - origin_) {
      return placed;
    }
    if (auto added = add_next(timeline, placed); !added) {
      return fail(std::move(added).error().in("slate"));
    }
  }
}

Status SlatePlayer::add_next(hls::Timeline& timeline, std::vector<hls::PlacedPart>& placed) {
  for (const SlatePiece& piece : schedule_.next(ends(timeline))) {
    auto fragment = media_->fragment(piece);
    if (!fragment) {
      return fail(std::move(fragment).error());
    }
    Lane& lane = progress_[piece.lane];
    fragment->segment = lane.segment;
    fragment->part = lane.part;
    fragment->decode_time = lane.time;
    fragment->arrived = origin_date_ + std::chrono::duration_cast<milliseconds>(hls::from_ticks(
                                           lane.time, lanes_[piece.lane].timescale));
    lane.time += piece.duration;
    lane.part = piece.is_last ? 0 : lane.part + 1;
    lane.segment += piece.is_last ? 1 : 0;
    auto parts = timeline.add(piece.lane, std::move(*fragment));
    if (!parts) {
      return fail(std::move(parts).error());
    }
    placed.insert(placed.end(), parts->begin(), parts->end());
  }
  return {};
}

std::vector<std::uint64_t> SlatePlayer::ends(const hls::Timeline& timeline) const {
  std::vector<std::uint64_t> ends;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    ends.push_back(
        static_cast<std::uint64_t>(hls::to_ticks_up(timeline.end_of(i), lanes_[i].timescale)));
  }
  return ends;
}

}  // namespace estrad::live
