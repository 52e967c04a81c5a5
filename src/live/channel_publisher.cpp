#include "live/channel_publisher.h"

#include <algorithm>
#include <utility>

namespace estrad::live {
namespace {

/// The multivariant playlist carries measured bandwidths: it is renewed every so many parts.
constexpr std::uint64_t kPartsBetweenChannels = 128;

}  // namespace

ChannelPublisher::ChannelPublisher(Publisher& publisher, std::string channel, std::string prefix)
    : publisher_(publisher), channel_(std::move(channel)), prefix_(std::move(prefix)) {}

void ChannelPublisher::track_changed(hls::Timeline& timeline, std::size_t track) {
  if (!is_open_) {
    ready_.resize(timeline.tracks().size());
    ready_[track] = true;
    if (std::find(ready_.begin(), ready_.end(), false) == ready_.end()) {
      publish_all(timeline);
    }
    return;
  }
  if (++announced_ % kPartsBetweenChannels == 0) {
    publisher_.publish_channel(channel_, timeline.channel(prefix_));
  }
  publisher_.publish_track(channel_, timeline.tracks()[track].name, timeline.snapshot(track));
}

void ChannelPublisher::publish_all(hls::Timeline& timeline) {
  is_open_ = true;
  publisher_.publish_channel(channel_, timeline.channel(prefix_));
  for (std::size_t i = 0; i < timeline.tracks().size(); ++i) {
    publisher_.publish_track(channel_, timeline.tracks()[i].name, timeline.snapshot(i));
  }
}

void ChannelPublisher::close() {
  if (std::exchange(is_open_, false)) {
    publisher_.close_channel(channel_);
  }
  ready_.clear();
}

}  // namespace estrad::live
