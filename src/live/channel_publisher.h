#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "hls/timeline.h"
#include "live/ports.h"

namespace estrad::live {

/// Publishes a time line's snapshots on a channel: nothing until every track has something to
/// list, then a track whenever a part of it was announced. Lives on the live loop.
class ChannelPublisher {
 public:
  /// `prefix` goes before the names of the media playlists in the multivariant playlist.
  ChannelPublisher(Publisher& publisher, std::string channel, std::string prefix);

  /// `track` of `timeline` has changed.
  void track_changed(hls::Timeline& timeline, std::size_t track);
  /// All tracks, and the multivariant playlist, as they are.
  void publish_all(hls::Timeline& timeline);
  /// Tells that nothing more comes, if anything came.
  void close();
  /// Forgets the channel without a word.
  void leave() { is_open_ = false; }
  [[nodiscard]] bool is_open() const { return is_open_; }

 private:
  // set once
  Publisher& publisher_;
  std::string channel_;
  std::string prefix_;

  // live loop only
  bool is_open_ = false;
  /// Tracks with something to list, until the channel is open.
  std::vector<bool> ready_;
  std::uint64_t announced_ = 0;
};

}  // namespace estrad::live
