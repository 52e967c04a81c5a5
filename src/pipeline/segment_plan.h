#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "pipeline/media_time.h"

namespace estrad::pipeline {

/// Where segments and parts begin, decided once for all tracks when a raw frame goes into the
/// encoders, so that every rung is cut at the same frames whatever its encoder's delay.
///
/// A segment begins at the frame nearest to every full segment length since the last cut. Parts of
/// a segment begin on the grid of the part length; where frames do not fit the grid a part ends one
/// frame early, as no part may exceed PART-TARGET. Any thread.
class SegmentPlan {
 public:
  struct Options {
    milliseconds segment{2000};
    milliseconds part{500};
    /// The source's nominal time between frames.
    MediaTime frame = std::chrono::milliseconds(33);
  };
  struct VideoFrame {
    MediaTime time{};
    MediaTime duration{};
    std::uint32_t segment = 0;
    std::uint16_t part = 0;
    bool starts_segment = false;
    bool ends_part = false;
    bool ends_segment = false;
    WallTime arrived{};
  };
  struct AudioFrame {
    std::uint32_t segment = 0;
    /// Beyond the end of the picture: not to be sent.
    bool is_past_end = false;
    WallTime arrived{};
  };

  explicit SegmentPlan(Options options) : options_(options) {}

  /// The next frame into the encoders; `time` is after the last one's. With `cut` it begins a
  /// segment. True when it does (the encoders are then to make it an IDR).
  bool add_frame(MediaTime time, WallTime arrived, bool cut);
  /// No frame follows; the last one ends at `end`.
  void finish(MediaTime end);

  /// The time of the newest frame.
  [[nodiscard]] std::optional<MediaTime> position() const;
  [[nodiscard]] bool starts_segment(MediaTime time) const;
  /// What became of the frame at exactly `time`; nullopt until the frame after it is known, and for
  /// a time that no frame has.
  [[nodiscard]] std::optional<VideoFrame> video_frame(MediaTime time) const;
  /// The segment of an audio frame: the last that begins before its middle. nullopt until the
  /// picture has come that far.
  [[nodiscard]] std::optional<AudioFrame> audio_frame(MediaTime start, MediaTime duration) const;

 private:
  struct Entry {
    MediaTime time;
    std::uint32_t segment;
    std::uint16_t part;
    bool starts_segment;
    WallTime arrived;
  };
  [[nodiscard]] Entry place(MediaTime time, bool cut) const;
  [[nodiscard]] std::deque<Entry>::const_iterator find(MediaTime time) const;

  // set once
  const Options options_;

  // any thread, under the mutex
  mutable std::mutex mutex_;
  std::deque<Entry> frames_;
  std::deque<Entry> boundaries_;
  MediaTime segment_start_{};
  MediaTime part_start_{};
  std::optional<MediaTime> end_;
};

}  // namespace estrad::pipeline
