#include "pipeline/video_line.h"

#include <algorithm>
#include <utility>

namespace estrad::pipeline {
namespace {

/// Nearer to the last than this, a frame is the same one with a rounded time stamp.
constexpr MediaTime kSmallestGap = std::chrono::milliseconds(2);

}  // namespace

VideoLine::VideoLine(SegmentPlan& plan, MediaTime frame, Push push, TakeStart take_start)
    : plan_(plan),
      frame_(std::min(frame, kLargestFrame)),
      push_(std::move(push)),
      take_start_(std::move(take_start)) {}

void VideoLine::push(const glib::Ref<GstBuffer>& frame, MediaTime time, WallTime arrived) {
  const std::lock_guard lock(mutex_);
  if (is_finished_ || (last_ && time < last_time_ + kSmallestGap) || time < MediaTime(0)) {
    return;
  }
  if (take_start_) {
    take_starts(time, arrived);
  }
  if (last_ && time - last_time_ > (take_start_ ? kLargestLoss : kLargestGap)) {
    fill_up_to(time - frame_ / 2, arrived);
  }
  pass_on(frame, time, arrived);
}

void VideoLine::hold_until(MediaTime time, WallTime now) {
  const std::lock_guard lock(mutex_);
  if (last_ && !is_finished_) {
    fill_up_to(time, now);
  }
}

void VideoLine::fill_up_to(MediaTime time, WallTime arrived) {
  while (last_time_ + frame_ < time) {
    pass_on(last_, last_time_ + frame_, arrived);
  }
}

void VideoLine::take_starts(MediaTime time, WallTime arrived) {
  while (const auto start = take_start_(time)) {
    is_cut_wanted_ = true;
    if (*start < time && last_ && *start > last_time_) {
      pass_on(last_, *start, arrived);
    }
  }
}

void VideoLine::pass_on(const glib::Ref<GstBuffer>& frame, MediaTime time, WallTime arrived) {
  plan_.add_frame(time, arrived, std::exchange(is_cut_wanted_, false));
  // A copy of the frame's description only; the pixels are shared.
  auto copy = glib::Ref<GstBuffer>::adopt(gst_buffer_copy(frame.get()));
  GST_BUFFER_PTS(copy.get()) = static_cast<GstClockTime>(time.count());
  GST_BUFFER_DTS(copy.get()) = GST_CLOCK_TIME_NONE;
  GST_BUFFER_DURATION(copy.get()) = static_cast<GstClockTime>(frame_.count());
  last_ = frame;
  last_time_ = time;
  push_(std::move(copy));
}

void VideoLine::cut() {
  const std::lock_guard lock(mutex_);
  is_cut_wanted_ = true;
}

std::optional<MediaTime> VideoLine::finish() {
  const std::lock_guard lock(mutex_);
  is_finished_ = true;
  if (!last_) {
    return std::nullopt;
  }
  last_.reset();
  plan_.finish(last_time_ + frame_);
  return last_time_ + frame_;
}

}  // namespace estrad::pipeline
