#include "pipeline/segment_plan.h"

#include <algorithm>

namespace estrad::pipeline {
namespace {

/// Far more than any encoder holds back: half a minute of frames, two minutes of segments.
constexpr std::size_t kFramesKept = 2048;
constexpr std::size_t kBoundariesKept = 64;

}  // namespace

bool SegmentPlan::add_frame(MediaTime time, WallTime arrived, bool cut) {
  const std::lock_guard lock(mutex_);
  Entry entry = place(time, cut);
  entry.arrived = arrived;
  if (frames_.empty() || entry.part != frames_.back().part || entry.starts_segment) {
    part_start_ = time;
  }
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
    return {time, 0, 0, true, {}};
  }
  const Entry& last = frames_.back();
  // Half a frame early is nearer than half a frame late: milliseconds are rounded in RTMP.
  const MediaTime tolerance = options_.frame / 2;
  if (cut || time + tolerance >= segment_start_ + options_.segment) {
    return {time, last.segment + 1, 0, true, {}};
  }
  const MediaTime grid = segment_start_ + (last.part + 1) * MediaTime(options_.part);
  const bool would_be_too_long = time + options_.frame > part_start_ + part_target(options_.part);
  const bool is_part_start = time >= grid || would_be_too_long;
  return {time,
          last.segment,
          static_cast<std::uint16_t>(last.part + (is_part_start ? 1 : 0)),
          false,
          {}};
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
  VideoFrame frame{time,  {},    found->segment, found->part, found->starts_segment,
                   false, false, found->arrived};
  const auto next = found + 1;
  if (next != frames_.end()) {
    frame.duration = next->time - time;
    frame.ends_segment = next->segment != frame.segment;
    frame.ends_part = frame.ends_segment || next->part != frame.part;
    return frame;
  }
  if (!end_) {
    return std::nullopt;
  }
  frame.duration = *end_ - time;
  frame.ends_part = true;
  frame.ends_segment = true;
  return frame;
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
