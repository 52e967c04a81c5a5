// Recorded media, consoles, and what operators ask.
#include <nlohmann/json.hpp>

#include "app/backend.h"
#include "app/version.h"
#include "webcast/event_json.h"

namespace estrad::app {

void Backend::read_media(web::MediaAddress address, Reply<SharedBytes> reply) {
  parts_.recordings.read_media(std::move(address.take), std::move(address.track), address.name,
                               std::move(reply));
}

void Backend::read_playlist(std::string take, std::string track, Reply<hls::Body> reply) {
  parts_.recordings.read_playlist(std::move(take), std::move(track), std::move(reply));
}

void Backend::open_console(std::string slug,
                           Reply<std::vector<std::pair<std::string, std::string>>> reply) {
  using Messages = std::vector<std::pair<std::string, std::string>>;
  if (slug.empty()) {
    // The console over all events: its page takes the lists itself.
    reply(Messages());
    return;
  }
  auto signal = [this, reply](Result<webcast::Event> event) {
    if (!event) {
      reply(fail(std::move(event).error()));
      return;
    }
    Messages messages{{"event", webcast::to_json(*event).dump()}};
    auto add_signal = [reply, messages](Result<std::string> text) mutable {
      if (text) {
        messages.emplace_back("signal", std::move(*text));
      }
      reply(std::move(messages));
    };
    get_signal(event->plan.stage, std::move(add_signal));
  };
  get_event(std::move(slug), std::move(signal));
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

void Backend::read_metrics(Reply<std::string> reply) {
  auto text = [reply = std::move(reply)](Result<archive::DiskSpace> space) {
    std::string lines =
        "# HELP estrad_build_info The version that runs.\n"
        "# TYPE estrad_build_info gauge\n"
        "estrad_build_info{version=\"" +
        std::string(kVersion) + "\"} 1\n";
    if (space) {
      lines +=
          "# HELP estrad_archive_free_bytes Room on the disk of the recordings.\n"
          "# TYPE estrad_archive_free_bytes gauge\n"
          "estrad_archive_free_bytes " +
          std::to_string(space->free_bytes) + "\n";
    }
    reply(std::move(lines));
  };
  parts_.recordings.read_space(std::move(text));
}

}  // namespace estrad::app
