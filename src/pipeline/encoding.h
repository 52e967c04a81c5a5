#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/audio_line.h"
#include "pipeline/ladder.h"
#include "pipeline/media_graph.h"
#include "pipeline/passed_line.h"
#include "pipeline/passed_track_writer.h"
#include "pipeline/record_output.h"
#include "pipeline/segment_plan.h"
#include "pipeline/track_writer.h"
#include "pipeline/video_line.h"

namespace estrad::pipeline {

/// The encoders of all tracks, from raw frames and samples to records: the picture is scaled in a
/// cascade, each rung from the one above it, and every rung has a thread of its own. The first rung
/// may be the source's own pictures instead, passed through; segments then begin at its keyframes.
///
/// The output's run, of all rungs and the sound, has begun before.
/// Frames go into `video()`, samples into `audio()`, from any thread. After `finish`, wait until
/// `is_finished`. Errors are kept for `take_error`.
class Encoding {
 public:
  struct Options {
    Ladder ladder;
    std::vector<Rung> rungs;  ///< highest first
    /// The first rung is these units, not encoded; they have begun. Null: all are encoded.
    std::shared_ptr<PassedLine> passed = nullptr;
    double frame_rate = 30;
    /// False: the caller gives the audio track itself (a slate does); `audio()` takes nothing.
    bool has_audio = true;
    std::string audio_name = "a0";
    std::string language;
    std::uint32_t audio_bitrate = 128000;
    milliseconds segment{2000};
    milliseconds part{500};
  };

  /// The audio track as it is announced; its index follows the rungs'.
  [[nodiscard]] static TrackInfo audio_info(const Options& options);

  [[nodiscard]] static Result<std::unique_ptr<Encoding>> create(const Options& options,
                                                                RecordOutput& output);
  ~Encoding();
  Encoding(const Encoding&) = delete;
  Encoding& operator=(const Encoding&) = delete;

  /// The raw format of the frames that follow, before them; again whenever it changes.
  void set_picture(const glib::Ref<GstCaps>& caps);
  [[nodiscard]] VideoLine& video() { return video_line_; }
  [[nodiscard]] AudioLine& audio() { return audio_line_; }

  /// Nothing follows: gives out what is in the works. False when there never was a picture.
  bool finish();
  [[nodiscard]] bool is_finished() const { return tracks_left_ == 0; }
  /// After `finish`: waits until all is out. False when that takes longer than it ever should.
  [[nodiscard]] bool wait_until_finished();
  /// Stops at once; frames and samples that are being passed in are let go.
  void stop();
  /// The first error since the start; it ends the worker.
  [[nodiscard]] std::optional<Error> take_error();

 private:
  Encoding(const Options& options, RecordOutput& output);
  [[nodiscard]] Status start_video();
  [[nodiscard]] Status start_video_graph();
  [[nodiscard]] Status start_audio();
  void pass_on(glib::Ref<GstBuffer> frame);
  void end_track();
  void keep_error(const Status& status);

  // set once
  const Options options_;
  RecordOutput& output_;
  SegmentPlan plan_;
  VideoLine video_line_;
  AudioLine audio_line_;
  std::vector<Rung> encoded_rungs_;
  std::optional<PassedTrackWriter> passed_writer_;  ///< under the video line's lock
  std::vector<VideoTrackWriter> video_writers_;     ///< each on its rung's thread
  AudioTrackWriter audio_writer_;                   ///< on the audio encoder's thread

  // any thread
  std::atomic<std::size_t> tracks_left_;
  std::mutex end_mutex_;
  std::condition_variable track_ended_;
  std::mutex error_mutex_;
  std::optional<Error> error_;

  // last: their threads use all of the above
  std::unique_ptr<MediaGraph> audio_graph_;
  std::unique_ptr<MediaGraph> video_graph_;
};

}  // namespace estrad::pipeline
