#pragma once

#include <string>

#include "base/result.h"
#include "pipeline/ladder.h"
#include "pipeline/record_output.h"
#include "pipeline/worker.h"

namespace estrad::pipeline {

/// Writes what is shown while a live event has no feed: for each rung one segment of a still
/// picture with the title on a dark ground, and silence in pieces of 1, 2, 3… AAC frames (part n-1
/// has n) as many as an audio part holds, so that the parent can fill any length. All of it begins
/// at time 0; the parent rewrites the times.
[[nodiscard]] Status write_slate(const WorkerOptions& options, const Ladder& ladder,
                                 const FrozenTracks& frozen, RecordOutput& output);

}  // namespace estrad::pipeline
