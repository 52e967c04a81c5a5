#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"

namespace estrad::pipeline {

enum class WorkerInput {
  kFlv,    ///< a live feed as FLV on standard input
  kSlate,  ///< no input: one still GOP for each rung, and silence
};

/// What `estrad pipeline` is started with.
struct WorkerOptions {
  WorkerInput input = WorkerInput::kFlv;
  /// The ladder file (`pipelines/standard.json`); its encoder file is found beside it.
  std::filesystem::path ladder;
  /// `{"video":[{"name","width","height","bitrate","frame_rate"}],"audio":{"name","bitrate",
  /// "language"}}`: exactly these rungs, whatever the source is (scaled and padded). Empty: the
  /// ladder's rungs, as the source allows. Made by `frozen_json`. Needed for a slate.
  std::string frozen;
  milliseconds segment{2000};
  milliseconds part{500};
  /// The slate's text.
  std::string title;

  int input_fd = 0;
  int output_fd = 1;
  /// Control words; a descriptor that is not open is no fault (a run by hand).
  int control_fd = 3;
};

/// Runs a worker in this process until its input ends or it is told to stop, and returns the exit
/// code (sysexits.h): 0; 64 options; 65 the feed cannot be read or has no video; 69 a GStreamer
/// element is missing; 70 a fault of ours; 78 the ladder file.
///
/// The process is given up to it: it dies with its parent, drops privileges to grow, and limits its
/// memory and files. Records go to `output_fd` (framing.h).
int run_worker(const WorkerOptions& options);

}  // namespace estrad::pipeline
