#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "hls/track.h"
#include "live/feed_gate.h"
#include "live/feed_source.h"
#include "pipeline/framing.h"

namespace estrad::live {

/// The tracks of a worker's run as tracks of the take: which is which, and a gate that lets them
/// through together, from the start of a segment on. Each run of a worker begins anew.
class FeedLanes {
 public:
  /// Takes up this run if it is another than before. False when it makes other tracks than the take
  /// has.
  [[nodiscard]] bool follow(const FeedRun& run, const std::vector<hls::Track>& tracks);
  /// The track of the take; nullopt when the take has no such track.
  [[nodiscard]] std::optional<std::size_t> lane_of(std::size_t track_of_run) const;
  [[nodiscard]] std::size_t size() const { return lanes_.size(); }
  [[nodiscard]] std::uint64_t run_number() const { return run_number_; }
  /// Gives up the run: its next part makes `follow` begin anew.
  void leave();

  [[nodiscard]] bool is_open() const { return gate_ && gate_->is_open(); }
  /// Holds parts back until all tracks are at the start of a segment.
  void shut();
  /// The parts that may go on, their `track` being the take's. Only after `follow`.
  [[nodiscard]] Result<std::vector<pipeline::Part>> add(const pipeline::Part& part,
                                                        std::size_t lane);

 private:
  std::uint64_t run_number_ = 0;
  std::vector<std::optional<std::size_t>> lanes_;
  std::optional<FeedGate> gate_;
};

}  // namespace estrad::live
