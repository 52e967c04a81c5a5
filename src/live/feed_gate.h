#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "base/result.h"
#include "pipeline/framing.h"

namespace estrad::live {

/// Lets the parts of a worker run through to the time line, segment by segment: a segment is begun
/// only when every track has something of it. So a feed that breaks off anywhere leaves all tracks
/// in the same segment, and the slate that follows starts no track with a gap. Pure.
class FeedGate {
 public:
  explicit FeedGate(std::size_t track_count) : lanes_(track_count) {}

  /// Takes a part and gives those that may go on, in order; `Part::track` tells whose they are.
  /// Before the first segment that every track has from its start, nothing goes on. Media error
  /// when a track is missing for long: the run is of no use.
  [[nodiscard]] Result<std::vector<pipeline::Part>> add(pipeline::Part part);

  /// Drops what waits, and begins again with the next segment that has not been begun.
  void shut();
  /// Some segment has been begun since the start, or since it was shut.
  [[nodiscard]] bool is_open() const { return segment_.has_value(); }

 private:
  struct Lane {
    std::deque<pipeline::Part> held;
    /// It has had the last part of the segment that is open.
    bool is_done = false;
  };
  [[nodiscard]] std::optional<std::uint32_t> find_segment();
  void release(std::vector<pipeline::Part>& released);

  std::vector<Lane> lanes_;
  /// The segment that is open.
  std::optional<std::uint32_t> segment_;
  std::uint32_t first_allowed_ = 0;
};

}  // namespace estrad::live
