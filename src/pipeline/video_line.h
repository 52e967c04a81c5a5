#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "glib/ref.h"
#include "pipeline/media_time.h"
#include "pipeline/segment_plan.h"

namespace estrad::pipeline {

/// The raw picture on its way from the decoder to the encoders. Makes it regular enough for what
/// follows: time only grows, and a hole is filled with the last frame, at ten frames a second or
/// more, so that no part is ever too long. Places each frame in the plan before it is passed on.
/// Any thread.
class VideoLine {
 public:
  /// The encoders never see frames further apart.
  static constexpr MediaTime kLargestGap = std::chrono::milliseconds(200);
  /// The same where segments begin at given starts: the source holds what the decoder lost.
  static constexpr MediaTime kLargestLoss = std::chrono::milliseconds(400);
  static constexpr MediaTime kLargestFrame = std::chrono::milliseconds(100);

  using Push = std::function<void(glib::Ref<GstBuffer> frame)>;
  /// The oldest start of a segment at or before a time, each but once.
  using TakeStart = std::function<std::optional<MediaTime>(MediaTime time)>;
  /// `push` takes a frame whose time stamp is its media time; it may block. With `take_start`
  /// segments begin there, at a repeated frame where one is missing.
  VideoLine(SegmentPlan& plan, MediaTime frame, Push push, TakeStart take_start = nullptr);

  /// A decoded frame. One that is not after the last is dropped.
  void push(const glib::Ref<GstBuffer>& frame, MediaTime time, WallTime arrived);
  /// The picture stands still while sound goes on: repeats the last frame up to `time`.
  void hold_until(MediaTime time, WallTime now);
  /// The next frame begins a segment.
  void cut();
  /// No frame follows. Gives the end of the last one; nullopt when there was none.
  std::optional<MediaTime> finish();

 private:
  void pass_on(const glib::Ref<GstBuffer>& frame, MediaTime time, WallTime arrived);
  void fill_up_to(MediaTime time, WallTime arrived);
  void take_starts(MediaTime time, WallTime arrived);

  // set once
  SegmentPlan& plan_;
  const MediaTime frame_;
  const Push push_;
  const TakeStart take_start_;

  // any thread, under the mutex
  std::mutex mutex_;
  glib::Ref<GstBuffer> last_;
  MediaTime last_time_{};
  bool is_cut_wanted_ = false;
  bool is_finished_ = false;
};

}  // namespace estrad::pipeline
