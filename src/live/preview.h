#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "hls/timeline.h"
#include "live/channel_publisher.h"
#include "live/feed_source.h"
#include "live/ports.h"
#include "live/timing.h"

namespace estrad::live {

/// What staff see of a stage: the feed's parts as they come, in memory only, on the channel
/// `preview-<stage>`; on air and backstage alike. Its media playlists are named `live/TRACK.m3u8`.
/// Lives on the live loop.
class Preview {
 public:
  Preview(const Clock& clock, Publisher& publisher, const std::string& stage, const Timing& timing);

  void feed_part(const FeedRun& run, const pipeline::Part& part);
  /// The feed is gone for good: the channel closes and its memory is freed.
  void close();
  [[nodiscard]] bool is_open() const { return timeline_.has_value(); }

 private:
  void begin_run(const FeedRun& run);
  void announce(const std::vector<hls::PlacedPart>& placed);

  // set once
  const Clock& clock_;
  Timing timing_;

  // live loop only
  ChannelPublisher channel_;
  std::optional<hls::Timeline> timeline_;
  std::uint64_t run_number_ = 0;
  /// Of the newest time line.
  std::uint32_t run_ = 0;
  bool is_usable_ = false;
};

}  // namespace estrad::live
