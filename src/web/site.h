#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "hls/snapshot.h"
#include "web/acceptor.h"
#include "web/assets.h"
#include "web/backend.h"
#include "web/rates.h"
#include "webcast/event.h"

namespace estrad::web {

/// What an instance calls itself; shown on every page.
struct Brand {
  std::string name = "Estrad";
  /// An address on this server or a data: address; empty for none.
  std::string logo = {};
  /// `#rrggbb`, checked for contrast when the configuration was loaded; empty for the built-in.
  std::string accent_light = {};
  std::string accent_dark = {};
  /// Who provides the service: stands beside the question box. Empty: the name.
  std::string provider = {};
};

struct SiteOptions {
  std::string listen = "127.0.0.1:8080";
  std::size_t loops = 2;
  /// `https://webcast.example.org`; empty: derived from each request.
  std::string public_url = {};
  std::vector<std::string> trusted_proxies = {"127.0.0.1/32", "::1/128"};
  std::vector<std::string> metrics_allow = {"127.0.0.1/32", "::1/128"};
  Brand brand = {};
  AcceptorLimits acceptor = {};
  RateAllowances rates = {};
  milliseconds header_deadline{10'000};
  milliseconds body_deadline{30'000};
  /// How often an event stream says that it is alive.
  milliseconds heartbeat{15'000};
  /// How long a request for a log page may wait; interface.md closes pages after 20 s.
  milliseconds log_wait{25'000};
  bool is_demo = false;
};

/// An event as viewers meet it; its take_address is the channel that `index.m3u8` plays. Immutable;
/// published again whenever anything in it changes.
struct EventView {
  webcast::Event event;
  /// Other slugs that lead here for good.
  std::vector<std::string> former_slugs = {};
};

/// The public log as far as live answers need it.
struct LogView {
  /// What `GET /w/SLUG/log` says.
  SharedBytes state;
  /// Pages below this one are closed.
  std::uint64_t next_page = 0;
  /// The newest closed pages (at least ten, where there are so many).
  std::map<std::uint64_t, SharedBytes> pages = {};
};

/// The http front: acceptor, http loops, and what they serve. Publications reach every http loop
/// in the order in which one thread makes them, and answer what was waiting for them.
class Site {
 public:
  /// Starts to listen. `backend` outlives the Site. Errors name the configuration key.
  [[nodiscard]] static Result<std::unique_ptr<Site>> create(SiteOptions options, Backend& backend,
                                                            std::shared_ptr<const Assets> assets);
  /// Calls stop().
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  /// The port that is really bound. Any thread, as all that follows.
  [[nodiscard]] std::uint16_t port() const;

  void publish_event(std::shared_ptr<const EventView> view);
  /// Its link answers 410 from now on. Also for events that were deleted in earlier runs.
  void publish_deleted_event(std::string slug);
  /// `channel` is a take's address or "preview-<stage>".
  void publish_channel(std::string channel, std::shared_ptr<const hls::ChannelSnapshot> snapshot);
  void publish_track(std::string channel, std::shared_ptr<const hls::TrackSnapshot> snapshot);
  /// The live window is no longer held; from now on the Backend answers for the channel.
  void close_channel(std::string channel);
  void publish_log(std::string slug, std::shared_ptr<const LogView> view);
  /// To the open consoles of the event (and those over all events): one SSE event called `name`
  /// with `json` as its data. An empty slug reaches all consoles.
  void publish_console(std::string slug, std::string name, std::string json);
  /// What was remembered of credentials is asked anew (a token, user or session has gone).
  void forget_identities();
  /// How many players waited for the newest part of the channel's video, all loops together: what
  /// this server alone can know of its viewers.
  [[nodiscard]] std::size_t count_viewers(const std::string& channel) const;

  /// Closes the listening socket and every connection, ends the loops. Not on an http loop.
  void stop();

 private:
  struct Parts;
  explicit Site(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace estrad::web
