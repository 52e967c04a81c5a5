#include "pipeline/segment_plan.h"

#include <algorithm>

namespace estrad::pipeline {
namespace {

/// Far more than any encoder holds back: half a minute of frames, two minutes of segments.
constexpr std::size_t kFramesKept = 2048;
constexpr std::size_t kBoundariesKept = 64;
/// Time stamps are rounded to milliseconds, decode and presentation time each for itself.
constexpr MediaTime kRounding = std::chrono::milliseconds(4);

}  // namespace

bool SegmentPlan::add_frame(MediaTime time, WallTime arrived, bool cut) {
  const std::lock_guard lock(mutex_);
  Entry entry = place(time, cut);
  entry.arrived = arrived;
  if (entry.starts_segment) {
    segment_start_ = time;
    boundaries_.push_back(entry);
    if (boundaries_.size() > kBoundariesKept) {
      boundaries_.pop_front();
    }
  }
  frames_.push_back(entry);
  if (frames_.size() > kFramesKept) {
    frames_.pop_front();
  }
  return entry.starts_segment;
}

SegmentPlan::Entry SegmentPlan::place(MediaTime time, bool cut) const {
  if (frames_.empty()) {
    return {time, time, time, 0, 0, true, {}};
  }
  const Entry& last = frames_.back();
  const MediaTime latest = last.part_start + part_target(options_.part);
  const MediaTime decode = std::min(time, latest);
  if (ends_segment_before(time, cut)) {
    return {time, decode, decode, last.segment + 1, 0, true, {}};
  }
  const MediaTime grid = segment_start_ + (last.part + 1) * MediaTime(options_.part);
  const bool would_be_too_long = time + options_.frame > latest;
  if (time >= grid || would_be_too_long) {
    const auto part = static_cast<std::uint16_t>(last.part + 1);
    return {time, decode, decode, last.segment, part, false, {}};
  }
  return {time, decode, last.part_start, last.segment, last.part, false, {}};
}

bool SegmentPlan::ends_segment_before(MediaTime time, bool cut) const {
  // Half a frame early is nearer than half a frame late: milliseconds are rounded in RTMP.
  const MediaTime tolerance = options_.frame / 2;
  return cut ||
         (!options_.is_cut_by_source && time + tolerance >= segment_start_ + options_.segment);
}

void SegmentPlan::finish(MediaTime end) {
  const std::lock_guard lock(mutex_);
  end_ = end;
}

std::optional<MediaTime> SegmentPlan::position() const {
  const std::lock_guard lock(mutex_);
  if (frames_.empty()) {
    return std::nullopt;
  }
  return frames_.back().time;
}

std::deque<SegmentPlan::Entry>::const_iterator SegmentPlan::find(MediaTime time) const {
  const auto found =
      std::lower_bound(frames_.begin(), frames_.end(), time,
                       [](const Entry& entry, MediaTime wanted) { return entry.time < wanted; });
  return found != frames_.end() && found->time == time ? found : frames_.end();
}

bool SegmentPlan::starts_segment(MediaTime time) const {
  const std::lock_guard lock(mutex_);
  const auto found = find(time);
  return found != frames_.end() && found->starts_segment;
}

std::optional<SegmentPlan::VideoFrame> SegmentPlan::video_frame(MediaTime time) const {
  const std::lock_guard lock(mutex_);
  const auto found = find(time);
  if (found == frames_.end()) {
    return std::nullopt;
  }
  VideoFrame frame;
  frame.time = time;
  frame.decode = found->decode;
  frame.segment = found->segment;
  frame.part = found->part;
  frame.starts_segment = found->starts_segment;
  frame.arrived = found->arrived;
  const auto next = found + 1;
  if (next != frames_.end()) {
    frame.duration = next->decode - frame.decode;
    frame.ends_segment = next->segment != frame.segment;
    frame.ends_part = frame.ends_segment || next->part != frame.part;
    return frame;
  }
  if (!end_) {
    return std::nullopt;
  }
  frame.duration = std::min(*end_, found->part_start + part_target(options_.part)) - frame.decode;
  frame.ends_part = true;
  frame.ends_segment = true;
  return frame;
}

std::optional<SegmentPlan::Place> SegmentPlan::part_at(MediaTime decode) const {
  const std::lock_guard lock(mutex_);
  if (frames_.empty() || (!end_ && frames_.back().decode < decode)) {
    return std::nullopt;
  }
  const auto after =
      std::upper_bound(frames_.begin(), frames_.end(), decode + kRounding,
                       [](MediaTime wanted, const Entry& entry) { return wanted < entry.decode; });
  const Entry& entry = after == frames_.begin() ? *after : *(after - 1);
  return Place{entry.segment, entry.part, entry.part_start};
}

std::optional<SegmentPlan::AudioFrame> SegmentPlan::audio_frame(MediaTime start,
                                                                MediaTime duration) const {
  const std::lock_guard lock(mutex_);
  const MediaTime middle = start + duration / 2;
  if (frames_.empty() || (!end_ && frames_.back().time < middle)) {
    return std::nullopt;
  }
  AudioFrame frame;
  frame.is_past_end = end_ && middle >= *end_;
  frame.arrived = frames_.front().arrived;
  for (const Entry& boundary : boundaries_) {
    if (boundary.time <= middle) {
      frame.segment = boundary.segment;
    }
  }
  const auto after =
      std::upper_bound(frames_.begin(), frames_.end(), start,
                       [](MediaTime wanted, const Entry& entry) { return wanted < entry.time; });
  if (after != frames_.begin()) {
    frame.arrived = (after - 1)->arrived;
  }
  return frame;
}

}  // namespace estrad::pipeline
