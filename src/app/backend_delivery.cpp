// Recorded media, consoles, and what operators ask.
#include <nlohmann/json.hpp>

#include "app/backend.h"
#include "webcast/event_json.h"

namespace estrad::app {

void Backend::read_media(web::MediaAddress address, Reply<SharedBytes> reply) {
  parts_.recordings.read_media(std::move(address.take), std::move(address.track), address.name,
                               std::move(reply));
}

void Backend::read_playlist(std::string take, std::string track, Reply<hls::Body> reply) {
  parts_.recordings.read_playlist(std::move(take), std::move(track), std::move(reply));
}

void Backend::check_ready(Reply<void> reply) {
  // One after the other: database, disk, live loop.
  auto live = [this, reply = std::move(reply)](Result<archive::DiskSpace> space) mutable {
    if (!space) {
      reply(fail(std::move(space).error().in("archive")));
      return;
    }
    on_live<void>(std::move(reply), [](live::Broadcasts&, Reply<void> answer) { answer({}); });
  };
  auto disk = [this, live = std::move(live)](Status database) mutable {
    if (!database) {
      live(fail(std::move(database).error().in("database")));
      return;
    }
    parts_.recordings.read_space(std::move(live));
  };
  parts_.store.run<void>(std::move(disk),
                         [](store::Store& store) { return store.database->check(); });
}

}  // namespace estrad::app
