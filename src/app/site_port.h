#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "app/directory.h"
#include "app/recordings.h"
#include "live/ports.h"
#include "web/site.h"

namespace estrad::app {

/// What the live layer publishes, brought to the http front, to the readers of the archive and to
/// the directory of slugs. Live loop.
class SitePort final : public live::Publisher {
 public:
  SitePort(web::Site& site, Recordings& recordings, Directory& directory)
      : site_(site), recordings_(recordings), directory_(directory) {}

  void publish_event(std::shared_ptr<const live::EventView> event) override;
  void remove_event(std::string event_id) override;
  void publish_channel(std::string channel, hls::ChannelSnapshotPtr snapshot) override;
  void publish_track(std::string channel, std::string track,
                     hls::TrackSnapshotPtr snapshot) override;
  void close_channel(std::string channel) override;
  void publish_log(std::shared_ptr<const live::LogView> log) override;
  void publish_console(std::string topic, std::string json) override;

  /// How many watch each event that is on its channel now, by event id: what this server's own
  /// http loops see.
  [[nodiscard]] std::map<std::string, std::uint64_t> count_viewers() const;

 private:
  web::Site& site_;
  Recordings& recordings_;
  Directory& directory_;
  /// The public name under which each event's take is read now.
  std::map<std::string, std::string> take_names_;
  /// Ids of the events that are on their channel.
  std::set<std::string> on_channel_;
};

}  // namespace estrad::app
