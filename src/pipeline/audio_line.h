#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "pipeline/media_time.h"

namespace estrad::pipeline {

/// The raw sound on its way from the decoder to the encoder, as one unbroken row of samples from
/// media time 0: holes are filled with silence, overlaps are cut off. A feed that has no sound, or
/// loses it, gets silence in step with the picture once it has been waited for. Pure; any thread.
///
/// Samples are floats, 48 kHz, two channels interleaved.
class AudioLine {
 public:
  /// How far the picture may be ahead before the sound is taken to be missing.
  static constexpr MediaTime kPatience = std::chrono::seconds(1);
  /// The same while sound has come in, but is not decoded yet (or cannot be).
  static constexpr MediaTime kDecoderPatience = std::chrono::seconds(10);
  /// Smaller differences between time stamps and sample count are left alone (RTMP rounds to
  /// milliseconds, clocks drift).
  static constexpr MediaTime kTolerance = std::chrono::milliseconds(40);

  struct Level {
    double peak = 0;  ///< 0 to 1
    double rms = 0;
  };

  using Push = std::function<void(std::span<const float> samples, std::int64_t first_frame)>;
  explicit AudioLine(Push push) : push_(std::move(push)) {}

  void push(std::span<const float> samples, MediaTime time);
  /// The picture has come to `time`, and the feed's sound, decoded or not, to `sound`.
  void follow_picture(MediaTime time, MediaTime sound);
  /// The picture ended at `time`: fills up to there. Nothing is taken after this.
  void finish(MediaTime time);

  /// True when silence stands in for sound that does not come.
  [[nodiscard]] bool is_silent() const;
  /// How loud it has been since the last call.
  [[nodiscard]] Level take_level();

 private:
  void pass_on(std::span<const float> samples);
  void fill_up_to(std::int64_t frame);
  void measure(std::span<const float> samples);

  const Push push_;  // set once

  // any thread, under the mutex
  mutable std::mutex mutex_;
  std::int64_t next_frame_ = 0;
  bool is_silent_ = false;
  bool is_finished_ = false;
  double peak_ = 0;
  double square_sum_ = 0;
  std::size_t measured_ = 0;
};

}  // namespace estrad::pipeline
