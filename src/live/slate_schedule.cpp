#include "live/slate_schedule.h"

#include <algorithm>
#include <utility>

#include "hls/ticks.h"

namespace estrad::live {
namespace {

/// Enough for two audio frames at the lowest usual rate, so that every lane gets a piece.
constexpr nanoseconds kShortestFill = std::chrono::milliseconds(130);

std::uint64_t ticks_up(nanoseconds time, std::uint32_t timescale) {
  return static_cast<std::uint64_t>(hls::to_ticks_up(time, timescale));
}

/// The last tick that is not after `time`.
std::uint64_t ticks_down(nanoseconds time, std::uint32_t timescale) {
  const std::uint64_t ticks = ticks_up(time, timescale);
  return hls::from_ticks(ticks, timescale) > time ? ticks - 1 : ticks;
}

}  // namespace

SlateSchedule::SlateSchedule(Shape shape, std::vector<SlateLane> lanes)
    : shape_(shape), lanes_(std::move(lanes)) {}

std::vector<SlatePiece> SlateSchedule::next(const std::vector<std::uint64_t>& ends) {
  return are_level(ends) ? step(ends) : level(ends);
}

std::vector<SlatePiece> SlateSchedule::level(const std::vector<std::uint64_t>& ends) {
  next_part_ = 0;
  const nanoseconds end_of_all = latest(ends);
  const nanoseconds room = shape_.longest_segment - (end_of_all - earliest(ends));
  const nanoseconds common_end = end_of_all + std::clamp(room, kShortestFill, shape_.part);
  std::vector<SlatePiece> pieces;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (lanes_[i].is_video) {
      fill_video(i, ends[i], ticks_up(common_end, lanes_[i].timescale), pieces);
    } else {
      fill_audio(i, ends[i], common_end, pieces);
    }
    pieces.back().is_last = true;
  }
  return pieces;
}

std::vector<SlatePiece> SlateSchedule::step(const std::vector<std::uint64_t>& ends) {
  const nanoseconds to = leading(ends) + shape_.part;
  const bool is_last = next_part_ + 1 >= shape_.parts_in_segment;
  std::vector<SlatePiece> pieces;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const SlateLane& lane = lanes_[i];
    if (lane.is_video) {
      SlatePiece piece;
      piece.lane = i;
      piece.still_part = next_part_ % lane.still_parts;
      piece.is_independent = piece.still_part == 0;
      piece.duration = static_cast<std::uint32_t>(ticks_up(to, lane.timescale) - ends[i]);
      pieces.push_back(piece);
    } else {
      fill_audio(i, ends[i], to, pieces);
    }
    pieces.back().is_last = is_last;
  }
  next_part_ = is_last ? 0 : next_part_ + 1;
  return pieces;
}

bool SlateSchedule::are_level(const std::vector<std::uint64_t>& ends) const {
  const nanoseconds lead = leading(ends);
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const SlateLane& lane = lanes_[i];
    if (lane.is_video && ends[i] != ticks_up(lead, lane.timescale)) {
      return false;
    }
    const std::uint64_t lead_ticks = ticks_down(lead, lane.timescale);
    if (!lane.is_video && (ends[i] > lead_ticks || lead_ticks - ends[i] >= lane.frame_ticks)) {
      return false;
    }
  }
  return true;
}

void SlateSchedule::fill_video(std::size_t lane, std::uint64_t from, std::uint64_t to,
                               std::vector<SlatePiece>& pieces) const {
  const SlateLane& track = lanes_[lane];
  const std::uint64_t part = ticks_down(shape_.part, track.timescale);
  const std::uint64_t longest = ticks_down(shape_.part_target, track.timescale);
  std::size_t number = 0;
  while (from < to) {
    SlatePiece piece;
    piece.lane = lane;
    piece.still_part = number % track.still_parts;
    piece.is_independent = piece.still_part == 0;
    piece.duration = static_cast<std::uint32_t>(to - from <= longest ? to - from : part);
    from += piece.duration;
    ++number;
    pieces.push_back(piece);
  }
}

void SlateSchedule::fill_audio(std::size_t lane, std::uint64_t from, nanoseconds to,
                               std::vector<SlatePiece>& pieces) const {
  const SlateLane& track = lanes_[lane];
  const std::uint64_t in_target =
      ticks_down(shape_.part_target, track.timescale) / track.frame_ticks;
  const auto longest =
      static_cast<std::uint32_t>(std::clamp<std::uint64_t>(in_target, 1, track.most_frames));
  const std::uint64_t until = ticks_down(to, track.timescale);
  auto frames = static_cast<std::uint32_t>((until - std::min(from, until)) / track.frame_ticks);
  frames = std::max(frames, 1U);
  while (frames > 0) {
    SlatePiece piece;
    piece.lane = lane;
    piece.frames = std::min(frames, longest);
    piece.duration = piece.frames * track.frame_ticks;
    piece.is_independent = true;
    frames -= piece.frames;
    pieces.push_back(piece);
  }
}

nanoseconds SlateSchedule::latest(const std::vector<std::uint64_t>& ends) const {
  nanoseconds time{0};
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    time = std::max(time, hls::from_ticks(ends[i], lanes_[i].timescale));
  }
  return time;
}

nanoseconds SlateSchedule::earliest(const std::vector<std::uint64_t>& ends) const {
  nanoseconds time = latest(ends);
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    time = std::min(time, hls::from_ticks(ends[i], lanes_[i].timescale));
  }
  return time;
}

nanoseconds SlateSchedule::leading(const std::vector<std::uint64_t>& ends) const {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (lanes_[i].is_video) {
      return hls::from_ticks(ends[i], lanes_[i].timescale);
    }
  }
  return latest(ends);
}

}  // namespace estrad::live
