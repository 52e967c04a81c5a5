#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "base/result.h"
#include "pipeline/cmaf_muxer.h"
#include "pipeline/passed_line.h"
#include "pipeline/record_output.h"
#include "pipeline/segment_plan.h"

namespace estrad::pipeline {

/// The way of the rung that is passed through, from its line to the records: units wait until the
/// plan, which follows the decoded pictures, has come to their time, then go into the same parts
/// as the encoded rungs' frames. A part's first unit takes over the part's decode time, so that the
/// parts of all rungs begin and end alike. One thread at a time.
class PassedTrackWriter {
 public:
  /// `line` has its configuration and its first unit.
  [[nodiscard]] static Result<PassedTrackWriter> create(std::uint8_t track, TrackInfo info,
                                                        PassedLine& line, const SegmentPlan& plan,
                                                        RecordOutput& output);

  /// Writes what the plan has decided; after each of its frames.
  [[nodiscard]] Status advance();
  /// The plan is finished and ends at `end`: units from there on are dropped.
  [[nodiscard]] Status finish(MediaTime end);

 private:
  PassedTrackWriter(std::uint8_t track, CmafMuxer muxer, PassedLine& line, const SegmentPlan& plan,
                    RecordOutput& output);
  /// `next_place` is that of the unit after it, whose decode time is `next`.
  [[nodiscard]] Status write(const AccessUnit& unit, const SegmentPlan::Place& place,
                             const std::optional<SegmentPlan::Place>& next_place, MediaTime next);

  // set once
  std::uint8_t track_;
  PassedLine* line_;
  const SegmentPlan* plan_;
  RecordOutput* output_;

  // one thread at a time
  CmafMuxer muxer_;
  std::deque<AccessUnit> waiting_;
  std::int64_t decode_ = 0;  ///< of the first one that waits, in ticks
  std::optional<Part> part_;
};

}  // namespace estrad::pipeline
