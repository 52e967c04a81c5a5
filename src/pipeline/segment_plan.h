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
/// A segment begins at the frame nearest to every full segment length since the last cut, or only
/// at cuts. Parts of a segment begin on the grid of the part length; where frames do not fit the
/// grid a part ends one frame early, as no part may exceed PART-TARGET. A frame that comes too late
/// even for that is decoded before it is presented, so that the part's length is kept. Any thread.
class SegmentPlan {
 public:
  struct Options {
    milliseconds segment{2000};
    milliseconds part{500};
    /// The source's nominal time between frames.
    MediaTime frame = std::chrono::milliseconds(33);
    /// A rung is passed through: segments begin where its source has keyframes, so at cuts alone.
    bool is_cut_by_source = false;
  };
  struct VideoFrame {
    MediaTime time{};
    MediaTime decode{};    ///< at or before `time`
    MediaTime duration{};  ///< until the next frame is decoded
    std::uint32_t segment = 0;
    std::uint16_t part = 0;
    bool starts_segment = false;
    bool ends_part = false;
    bool ends_segment = false;
    WallTime arrived{};
  };
  /// The part that is open at some decode time.
  struct Place {
    std::uint32_t segment = 0;
    std::uint16_t part = 0;
    MediaTime part_start{};  ///< decode time of its first frame
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
  /// Where a picture that is passed through belongs, by its decode time, which may be some
  /// milliseconds off; nullopt until the plan has come that far.
  [[nodiscard]] std::optional<Place> part_at(MediaTime decode) const;
  /// The segment of an audio frame: the last that begins before its middle. nullopt until the
  /// picture has come that far.
  [[nodiscard]] std::optional<AudioFrame> audio_frame(MediaTime start, MediaTime duration) const;

 private:
  struct Entry {
    MediaTime time;
    MediaTime decode;
    MediaTime part_start;
    std::uint32_t segment;
    std::uint16_t part;
    bool starts_segment;
    WallTime arrived;
  };
  [[nodiscard]] Entry place(MediaTime time, bool cut) const;
  [[nodiscard]] bool ends_segment_before(MediaTime time, bool cut) const;
  [[nodiscard]] std::deque<Entry>::const_iterator find(MediaTime time) const;

  // set once
  const Options options_;

  // any thread, under the mutex
  mutable std::mutex mutex_;
  std::deque<Entry> frames_;
  std::deque<Entry> boundaries_;
  MediaTime segment_start_{};
  std::optional<MediaTime> end_;
};

}  // namespace estrad::pipeline
