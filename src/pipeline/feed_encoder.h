#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "pipeline/encoding.h"
#include "pipeline/ladder.h"
#include "pipeline/passed_line.h"
#include "pipeline/record_output.h"
#include "pipeline/worker.h"

namespace estrad::pipeline {

/// What a feed becomes once it is decoded: chooses the rungs at the first picture, passes the top
/// one through when the source allows it, and begins another run, with all rungs encoded, where the
/// source later breaks the rules. No picture is lost then; viewers get a discontinuity.
class FeedEncoder {
 public:
  FeedEncoder(const WorkerOptions& options, Ladder ladder, std::optional<FrozenTracks> frozen,
              const Clock& clock, RecordOutput& output);

  // the reading thread
  void take_configuration(ByteView configuration) { passed_->set_configuration(configuration); }
  void take_unit(AccessUnit unit) { passed_->add(std::move(unit)); }
  /// The picture stands still while sound goes on; it is at `time` now.
  void hold_until(MediaTime time);
  void cut();
  /// Nothing follows; wait until `is_finished`. False when there never was a picture.
  [[nodiscard]] bool finish();
  [[nodiscard]] bool is_finished() const;
  /// Stops at once: what is being passed in is let go.
  void stop();
  [[nodiscard]] std::optional<Error> take_error();
  /// As it is meant to be seen; zero before the first picture.
  [[nodiscard]] PictureSize picture_size() const { return {width_, height_}; }
  /// Null before the first picture.
  [[nodiscard]] AudioLine* audio();

  // the picture's thread
  struct Picture {
    GstSample* sample = nullptr;
    bool is_new_format = false;
    MediaTime time{};
    WallTime arrived{};
    double claimed_frame_rate = 0;  ///< the feed's metadata's; 0 when they are silent
    MediaTime newest_sound{};       ///< how far the feed's sound has come in
  };
  void push_picture(const Picture& picture);

  // the sound's thread
  void push_sound(std::span<const float> samples, MediaTime time);

 private:
  [[nodiscard]] Status start(const Picture& picture);
  [[nodiscard]] Status start_run(bool is_passed, MediaTime origin);
  [[nodiscard]] Status leave_passthrough(const PassthroughRules::End& end);
  void repeat_last_picture(WallTime now);
  [[nodiscard]] bool is_passable(const GstCaps* caps, const Encoding::Options& options);
  void keep_sound(std::span<const float> samples, MediaTime time);
  [[nodiscard]] Encoding::Options encoding_options(PictureSize source, double frame_rate) const;
  void give_up(Error error);

  // set once
  const WorkerOptions options_;
  const Ladder ladder_;
  const std::optional<FrozenTracks> frozen_;
  const Clock& clock_;
  RecordOutput& output_;
  const std::shared_ptr<PassedLine> passed_;

  // any thread
  std::atomic<std::uint32_t> width_ = 0;
  std::atomic<std::uint32_t> height_ = 0;
  std::atomic<Encoding*> ready_ = nullptr;
  std::atomic<bool> is_passing_ = false;
  std::atomic<bool> is_stopped_ = false;
  std::mutex failure_mutex_;
  std::optional<Error> failure_;

  // the picture's thread and the reading one, under the mutex
  std::mutex picture_mutex_;
  Encoding::Options encoding_options_;
  glib::Ref<GstSample> last_picture_;

  // any thread, under the mutex
  std::mutex sound_mutex_;
  MediaTime origin_{};  ///< of the run that is open
  /// Sound that another run may begin with: all before the first picture, the latest while passing.
  std::deque<std::pair<std::vector<float>, MediaTime>> kept_sound_;
  bool keeps_sound_ = true;

  // last: their threads use all of the above; set under both mutexes
  std::unique_ptr<Encoding> ended_;
  std::unique_ptr<Encoding> encoding_;
};

}  // namespace estrad::pipeline
