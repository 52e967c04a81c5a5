#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/backend.h"
#include "app/directory.h"
#include "app/event_store_port.h"
#include "app/ingest_ports.h"
#include "app/recordings.h"
#include "app/site_port.h"
#include "app/store_access.h"
#include "base/clock.h"
#include "config/config.h"
#include "config/places.h"
#include "glib/event_loop.h"
#include "ingest/rtmp_door.h"
#include "live/broadcasts.h"
#include "web/site.h"

namespace estrad::app {

struct ServerOptions {
  config::Settings settings;
  config::Places places;
  /// The built-in presenter's event shows its latency.
  bool is_demo = false;
};

/// `estrad serve`: all loops and what lives on them, built from below and taken down from above.
/// Made, used and destroyed on the main thread.
class Server {
 public:
  /// Opens database, archive and doors, and goes on with what was on air. The error names what is
  /// in the way.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options);
  /// Stops, if nobody has yet.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Refuses new presenters, closes the recordings, ends workers and connections. Events on air
  /// keep their state: the next start goes on with them.
  void stop();

  /// `http=… rtmp=…` with the real ports, for the `ready` line.
  [[nodiscard]] std::string addresses() const;
  /// `http://127.0.0.1:8080`, or the public address.
  [[nodiscard]] std::string http_url() const;
  [[nodiscard]] std::string rtmp_url() const;
  /// The program's own face, for the demo's set-up.
  [[nodiscard]] Backend& backend() { return *backend_; }

 private:
  explicit Server(ServerOptions options);

  [[nodiscard]] std::filesystem::path ladder_file() const;
  [[nodiscard]] Status open_storage();
  [[nodiscard]] Status open_site();
  [[nodiscard]] Status open_broadcasts();
  [[nodiscard]] Status open_doors();

  // set once
  ServerOptions options_;
  SystemClock clock_;

  // destroyed from the last to the first: the front first, the loops it stands on after it
  std::unique_ptr<StoreAccess> store_;
  std::unique_ptr<StoreAccess> accounts_;
  std::unique_ptr<Recordings> recordings_;
  glib::EventLoop live_loop_{"live"};
  glib::EventLoop ingest_loop_{"ingest"};
  Directory directory_;                           // live loop only
  std::unique_ptr<live::Broadcasts> broadcasts_;  // live loop only
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<web::Site> site_;
  std::unique_ptr<EventStorePort> event_store_;
  std::unique_ptr<SitePort> site_port_;
  std::unique_ptr<glib::Timer> presence_;  // live loop only
  std::unique_ptr<KeyPort> keys_;
  std::unique_ptr<FeedPort> feeds_;
  std::unique_ptr<ingest::RtmpDoor> rtmp_;
  bool is_stopped_ = false;
};

}  // namespace estrad::app
