#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "pipeline/control_reader.h"
#include "pipeline/feed_decoder.h"
#include "pipeline/feed_encoder.h"
#include "pipeline/flv_reader.h"
#include "pipeline/ladder.h"
#include "pipeline/record_output.h"
#include "pipeline/signal_meter.h"
#include "pipeline/worker.h"

namespace estrad::pipeline {

/// A live feed on the input, turned into records until it ends. Runs on the calling thread, which
/// only reads, cuts tags and gives signs of life: the work is on GStreamer's threads.
class FeedWorker {
 public:
  FeedWorker(const WorkerOptions& options, Ladder ladder, std::optional<FrozenTracks> frozen,
             const Clock& clock, RecordOutput& output);
  ~FeedWorker();
  FeedWorker(const FeedWorker&) = delete;
  FeedWorker& operator=(const FeedWorker&) = delete;

  /// Returns when the feed has ended and all of it is out, or with what went wrong.
  [[nodiscard]] Status run();

 private:
  enum class Phase { kReading, kDecoding, kEncoding, kDone };

  // the calling thread
  [[nodiscard]] Status step();
  void wait_for_input();
  [[nodiscard]] Status read_input();
  [[nodiscard]] Status take_tags();
  void obey(Control word);
  void end_input();
  [[nodiscard]] Status advance();
  [[nodiscard]] Status check_progress();
  void report();

  // the picture's thread
  void handle_picture(GstSample* sample, bool is_new_format, MediaTime time, WallTime arrived);

  // set once
  const WorkerOptions options_;
  const Clock& clock_;
  RecordOutput& output_;

  // the calling thread
  ControlReader control_;
  FlvReader reader_;
  SignalMeter meter_;
  Phase phase_ = Phase::kReading;
  std::uint64_t input_bytes_ = 0;
  SteadyTime next_heartbeat_{};
  SteadyTime next_signal_{};
  std::uint64_t parts_seen_ = 0;
  SteadyTime last_progress_{};

  /// What reading the feed came to, for `advance`.
  std::optional<Error> failure_;

  FeedEncoder encoder_;  // any thread
  // last: its threads use all of the above
  std::unique_ptr<FeedDecoder> decoder_;
};

}  // namespace estrad::pipeline
