#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

#include "base/clock.h"
#include "base/result.h"
#include "pipeline/feed_clock.h"
#include "pipeline/flv_tags.h"
#include "pipeline/media_graph.h"
#include "pipeline/media_time.h"
#include "pipeline/passthrough_rules.h"

namespace estrad::pipeline {

/// A feed's tags in, raw frames and samples on one time line out. Media time 0 is the first
/// keyframe; sound before it is dropped. `take` comes from one thread; most callbacks come on
/// GStreamer's threads, one for picture and one for sound.
class FeedDecoder {
 public:
  struct Callbacks {
    /// The picture's decoder configuration, and each access unit before it is decoded; on the
    /// caller's thread.
    std::function<void(ByteView configuration)> on_configuration;
    std::function<void(AccessUnit unit)> on_unit;
    /// `is_new_format` for the first frame and whenever the caps change.
    std::function<void(GstSample* sample, bool is_new_format, MediaTime time, WallTime arrived)>
        on_picture;
    std::function<void(std::span<const float> samples, MediaTime time)> on_sound;
    /// The picture stands still while sound goes on; it is at `time` now.
    std::function<void(MediaTime time)> on_picture_lost;
  };

  FeedDecoder(const Clock& clock, Callbacks callbacks);

  /// What the next tag says. An error ends the feed; broken packets do not.
  [[nodiscard]] Status take(FlvItem item);
  /// No tag follows; wait until `is_finished`.
  void end();
  [[nodiscard]] bool is_finished() const { return ends_left_ == 0; }

  /// Stops at once; no callback comes after it.
  void stop();

  /// True when more than enough waits to be decoded: read no further input for now.
  [[nodiscard]] bool is_full() const;
  /// An error of the picture's decoder. Errors of the sound's decoder only cost the sound: they are
  /// given by `take_warning`.
  [[nodiscard]] std::optional<Error> take_error();
  [[nodiscard]] std::optional<std::string> take_warning();

  /// The frame rate that the metadata claim; 0 when they do not. Any thread.
  [[nodiscard]] double claimed_frame_rate() const { return claimed_frame_rate_; }
  /// How far the feed's sound has come in, decoded or not. Any thread.
  [[nodiscard]] MediaTime newest_sound() const { return newest_sound_; }
  [[nodiscard]] bool has_started() const { return origin_.has_value(); }

 private:
  [[nodiscard]] Status take_one(FlvIgnored&& ignored);
  [[nodiscard]] Status take_one(FlvMetadata&& metadata);
  [[nodiscard]] Status take_one(FlvVideoHeader&& header);
  [[nodiscard]] Status take_one(FlvVideoFrame&& frame);
  [[nodiscard]] Status take_one(FlvAudioHeader&& header);
  [[nodiscard]] Status take_one(FlvAudioFrame&& frame);
  void push_sound(milliseconds at, const Bytes& data);
  void handle_picture(GstSample* sample);
  void handle_sound(GstSample* sample);
  [[nodiscard]] WallTime arrival_of(MediaTime time);

  // set once
  const Clock& clock_;
  const Callbacks callbacks_;

  // the caller's thread
  FeedClock feed_clock_;
  std::optional<milliseconds> origin_;
  std::optional<milliseconds> first_sound_;
  milliseconds newest_picture_{0};
  std::deque<std::pair<milliseconds, Bytes>> early_sound_;
  Bytes video_configuration_;
  Bytes audio_configuration_;
  std::optional<std::string> warning_;

  // the picture's thread
  glib::Ref<GstCaps> caps_;

  // any thread
  std::atomic<double> claimed_frame_rate_ = 0;
  std::atomic<MediaTime> newest_sound_ = MediaTime(-std::chrono::hours(1));
  std::atomic<int> ends_left_ = 0;
  std::mutex arrivals_mutex_;
  std::deque<std::pair<MediaTime, WallTime>> arrivals_;

  // last: their threads use all of the above
  std::unique_ptr<MediaGraph> audio_graph_;
  std::unique_ptr<MediaGraph> video_graph_;
};

}  // namespace estrad::pipeline
