#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "hls/snapshot.h"
#include "web/site.h"

namespace estrad::web {

/// One http loop's copies of everything that is published. Values in, lookups out; lives on its
/// loop.
class Shelf {
 public:
  using EventPtr = std::shared_ptr<const EventView>;
  using LogPtr = std::shared_ptr<const LogView>;

  struct Channel {
    hls::ChannelSnapshotPtr playlist;
    std::map<std::string, hls::TrackSnapshotPtr, std::less<>> tracks;
  };

  /// What a slug leads to.
  struct Place {
    EventPtr event = nullptr;
    /// The event has gone by this slug, and has another now.
    std::string moved_to = {};
    bool is_deleted = false;
  };

  void put_event(EventPtr view);
  void put_deleted(const std::string& slug);
  void put_channel(const std::string& channel, hls::ChannelSnapshotPtr snapshot);
  void put_track(const std::string& channel, hls::TrackSnapshotPtr snapshot);
  void drop_channel(const std::string& channel);
  void put_log(const std::string& slug, LogPtr view);

  [[nodiscard]] Place find(std::string_view slug) const;
  /// Null when there is none under this very slug.
  [[nodiscard]] EventPtr event(std::string_view slug) const;
  [[nodiscard]] const Channel* channel(std::string_view name) const;
  [[nodiscard]] hls::TrackSnapshotPtr track(std::string_view channel, std::string_view name) const;
  [[nodiscard]] LogPtr log(std::string_view slug) const;
  [[nodiscard]] const std::map<std::string, EventPtr, std::less<>>& events() const {
    return events_;
  }

 private:
  std::map<std::string, EventPtr, std::less<>> events_;
  std::map<std::string, std::string, std::less<>> slug_by_id_;
  std::map<std::string, std::string, std::less<>> moved_;
  std::set<std::string, std::less<>> deleted_;
  std::map<std::string, Channel, std::less<>> channels_;
  std::map<std::string, LogPtr, std::less<>> logs_;
};

}  // namespace estrad::web
