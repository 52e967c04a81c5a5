#include "pipeline/passthrough_rules.h"

#include <algorithm>
#include <utility>

#include <spdlog/fmt/fmt.h>

namespace estrad::pipeline {
namespace {

using std::chrono::milliseconds;

/// Time stamps are rounded to milliseconds.
constexpr MediaTime kRounding = milliseconds(4);
/// Fewer say little: the first may be a cut between slides.
constexpr int kIntervalsToKnow = 3;
constexpr MediaTime kLongestHole = milliseconds(380);
/// Of the segments looked back at, no more than this many may be shorter than half of what they
/// should be. A cut between slides is an IDR as well, so some are.
constexpr std::size_t kSegmentsJudged = 12;
constexpr std::ptrdiff_t kMostShort = 6;
/// One dear segment is a change of slides; so many in a row are the bit rate.
constexpr int kMostCostly = 3;

double seconds(MediaTime time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

bool PassthroughRules::see(AccessUnit& unit) {
  if (end_) {
    return false;
  }
  if (unit.is_idr) {
    see_idr(unit);
  } else if (!has_begun_) {
    end(MediaTime(0), "its keyframes are no IDR pictures");
    return false;
  }
  unit.decode += shift_;
  if (!check_times(unit)) {
    return false;
  }
  const bool starts = unit.is_idr && (!has_begun_ || is_wanted(unit.presentation));
  if (starts) {
    begin_segment(unit.presentation);
    if (end_) {
      return false;
    }
  } else if (unit.decode + gap_ > segment_start_ + limits_.longest_segment + kRounding) {
    end(unit.decode, fmt::format("no usable keyframe for {:.1f} s; an encoder's keyframe interval "
                                 "of {:.0f} s would do",
                                 seconds(unit.decode - segment_start_), seconds(limits_.segment)));
    return false;
  }
  if (has_begun_ && unit.decode > newest_decode_) {
    gap_ = unit.decode - newest_decode_;
  }
  has_begun_ = true;
  newest_decode_ = unit.decode;
  newest_presentation_ = std::max(newest_presentation_, unit.presentation);
  segment_bytes_ += unit.data.size();
  return starts;
}

void PassthroughRules::see_idr(const AccessUnit& unit) {
  const MediaTime delay = unit.presentation - unit.decode;
  shift_ = delay;
  if (!has_begun_) {
    // With some room, as each IDR's own delay is rounded differently.
    reorder_delay_ = delay > MediaTime(0) ? delay + milliseconds(20) : MediaTime(0);
  } else {
    longest_interval_ = std::max(longest_interval_, unit.presentation - last_idr_);
    ++intervals_;
  }
  last_idr_ = unit.presentation;
}

bool PassthroughRules::check_times(const AccessUnit& unit) {
  const bool is_before = unit.presentation + reorder_delay_ < unit.decode;
  if (is_before || unit.decode < MediaTime(0)) {
    end(std::max(newest_decode_ + gap_, MediaTime(0)), "its time stamps make no sense");
    return false;
  }
  if (!has_begun_) {
    return true;
  }
  if (unit.decode <= newest_decode_) {
    end_after_newest("its time stamps go back");
    return false;
  }
  // A part needs a picture of its own; a hole as long as a part has none.
  if (unit.decode - newest_decode_ > std::min(limits_.part_target * 3 / 4, kLongestHole)) {
    end_after_newest(fmt::format("no picture for {:.1f} s", seconds(unit.decode - newest_decode_)));
    return false;
  }
  return true;
}

/// Whether the segment must end at this IDR, as the next one would come too late.
bool PassthroughRules::is_wanted(MediaTime time) const {
  const MediaTime next = intervals_ >= kIntervalsToKnow ? longest_interval_ : limits_.segment;
  return is_cut_wanted_ || time + next > segment_start_ + limits_.segment + gap_;
}

void PassthroughRules::begin_segment(MediaTime time) {
  is_cut_wanted_ = false;
  if (has_begun_) {
    const MediaTime length = time - segment_start_;
    const double bits = static_cast<double>(segment_bytes_) * 8;
    const bool is_costly = limits_.bitrate > 0 && bits > limits_.bitrate * seconds(length);
    costly_segments_ = is_costly ? costly_segments_ + 1 : 0;
    if (costly_segments_ >= kMostCostly) {
      end(time, fmt::format("it takes {:.0f} kbit/s, more than the ladder's {:.0f}",
                            bits / seconds(length) / 1000, limits_.bitrate / 1000.0));
      return;
    }
    short_segments_.push_back(length < limits_.segment / 2 - kRounding);
    if (short_segments_.size() > kSegmentsJudged) {
      short_segments_.pop_front();
    }
    if (std::count(short_segments_.begin(), short_segments_.end(), true) > kMostShort) {
      end(time, "its keyframes come too irregularly");
      return;
    }
  }
  segment_start_ = time;
  segment_bytes_ = 0;
}

void PassthroughRules::end(MediaTime time, std::string reason) {
  if (!end_) {
    end_ = End{time, std::move(reason)};
  }
}

void PassthroughRules::end_after_newest(std::string reason) {
  end(std::max(newest_presentation_, newest_decode_) + gap_, std::move(reason));
}

}  // namespace estrad::pipeline
