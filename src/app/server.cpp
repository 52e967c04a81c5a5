#include "app/server.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <thread>
#include <utility>

#include "app/commands.h"
#include "pipeline/ladder.h"

namespace estrad::app {
namespace {

/// How often the number of viewers is told to staff and to the public log.
constexpr milliseconds kCountViewersEvery{5'000};

std::string text_of(const config::HostPort& address, std::uint16_t port) {
  return config::to_string(config::HostPort{address.host, port});
}

/// An address that somebody on this machine can connect to.
std::string reachable(const config::HostPort& address, std::uint16_t port) {
  const bool is_any = address.host == "0.0.0.0" || address.host == "::";
  return is_any ? "127.0.0.1:" + std::to_string(port) : text_of(address, port);
}

/// `example.org` of `https://example.org:8443/x`.
std::string host_of(const std::string& url) {
  const auto scheme = url.find("://");
  const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
  const auto end = url.find_first_of(":/", begin);
  return url.substr(begin, end == std::string::npos ? end : end - begin);
}

template <typename Task>
auto wait_on(glib::EventLoop& loop, Task task) -> std::invoke_result_t<Task> {
  std::packaged_task<std::invoke_result_t<Task>()> packaged(std::move(task));
  auto done = packaged.get_future();
  loop.post([&packaged] { packaged(); });
  return done.get();
}

struct Stored {
  std::vector<webcast::Stage> stages;
  std::vector<webcast::Event> events;
  std::vector<store::OldSlug> old_slugs;
};

Result<Stored> load_all(store::Store& store) {
  Stored stored;
  store::PageRequest request{store::PageRequest::kMost};
  do {
    auto page = store.stages.list(request);
    if (!page) {
      return fail(std::move(page).error());
    }
    std::move(page->items.begin(), page->items.end(), std::back_inserter(stored.stages));
    request.after = page->next;
  } while (!request.after.empty());
  auto events = store.events.all();
  if (!events) {
    return fail(std::move(events).error());
  }
  auto slugs = store.events.old_slugs();
  if (!slugs) {
    return fail(std::move(slugs).error());
  }
  stored.events = std::move(*events);
  stored.old_slugs = std::move(*slugs);
  return stored;
}

std::vector<std::string> to_texts(const std::vector<config::Network>& networks) {
  std::vector<std::string> texts;
  for (const config::Network& network : networks) {
    texts.push_back(network.text());
  }
  return texts;
}

web::SiteOptions site_options(const config::Settings& settings, bool is_demo) {
  web::SiteOptions options;
  options.listen = text_of(settings.http.listen, settings.http.listen.port);
  const std::size_t processors = std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
  options.loops = settings.http.threads == 0 ? processors : settings.http.threads;
  options.public_url = settings.http.public_url;
  options.trusted_proxies = to_texts(settings.http.trusted_proxies);
  options.metrics_allow = to_texts(settings.metrics.allow);
  options.brand.name = settings.brand.name;
  options.brand.accent_light = settings.brand.accent;
  options.brand.accent_dark = settings.brand.accent_on_dark;
  options.brand.logo = settings.brand.logo;
  options.acceptor.connections = settings.limits.http_connections;
  options.acceptor.connections_per_address = settings.limits.http_connections_per_address;
  options.acceptor.idle_timeout =
      std::chrono::ceil<std::chrono::seconds>(settings.limits.http_idle_timeout);
  options.header_deadline = settings.limits.http_header_timeout;
  options.is_demo = is_demo;
  return options;
}

ingest::RtmpOptions rtmp_options(const config::Settings& settings) {
  ingest::RtmpOptions options;
  options.host = settings.rtmp.listen->host;
  options.port = settings.rtmp.listen->port;
  options.takeover_after = settings.live.takeover_after;
  options.handshake_within = settings.limits.rtmp_handshake_timeout;
  options.idle_limit = settings.limits.rtmp_idle_timeout;
  options.max_connections = settings.limits.rtmp_connections;
  options.max_connections_per_address = settings.limits.rtmp_connections_per_address;
  options.max_message_bytes = std::size_t{settings.limits.rtmp_message_mib} << 20;
  options.wrong_keys_in_a_row = settings.limits.refused_keys_per_address;
  return options;
}

}  // namespace

Server::Server(ServerOptions options) : options_(std::move(options)) {}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options) {
  auto server = std::unique_ptr<Server>(new Server(std::move(options)));
  for (auto step :
       {&Server::open_storage, &Server::open_site, &Server::open_broadcasts, &Server::open_doors}) {
    if (auto status = (server.get()->*step)(); !status) {
      return fail(std::move(status).error());
    }
  }
  return server;
}

std::filesystem::path Server::ladder_file() const {
  return options_.places.pipelines / (options_.settings.media.ladder + ".json");
}

Status Server::open_storage() {
  const config::Settings& settings = options_.settings;
  // Found out now, not at the first broadcast.
  if (auto ladder = pipeline::load_ladder(ladder_file()); !ladder) {
    return fail(std::move(ladder).error().in("media.ladder \"" + settings.media.ladder + "\""));
  }
  if (auto made = make_folders(settings); !made) {
    return made;
  }
  for (std::unique_ptr<StoreAccess>* access : {&store_, &accounts_}) {
    auto opened =
        StoreAccess::open(settings.database.url, access == &store_ ? "store" : "accounts");
    if (!opened) {
      return fail(std::move(opened).error());
    }
    *access = std::move(*opened);
  }
  Recordings::Options recording;
  recording.root = config::archive_folder(settings);
  recording.window = settings.hls.window;
  auto recordings = Recordings::open(std::move(recording));
  if (!recordings) {
    return fail(std::move(recordings).error());
  }
  recordings_ = std::move(*recordings);
  return {};
}

Status Server::open_site() {
  backend_ = std::make_unique<Backend>(
      BackendParts{clock_, *store_, *accounts_, *recordings_, live_loop_, broadcasts_, directory_});
  auto assets = web::load_assets();
  if (!assets) {
    return fail(std::move(assets).error());
  }
  auto site = web::Site::create(site_options(options_.settings, options_.is_demo), *backend_,
                                std::move(*assets));
  if (!site) {
    return fail(std::move(site).error());
  }
  site_ = std::move(*site);
  backend_->set_identities_gone([site = site_.get()] { site->forget_identities(); });
  return {};
}

Status Server::open_broadcasts() {
  auto stored = store_->run_now<Stored>(load_all);
  if (!stored) {
    return fail(std::move(stored).error().in("database"));
  }
  const config::Settings& settings = options_.settings;
  event_store_ = std::make_unique<EventStorePort>(*store_);
  site_port_ = std::make_unique<SitePort>(*site_, *recordings_, directory_);

  live::BroadcastOptions options;
  options.worker_command = {config::running_binary().string(), "pipeline"};
  options.ladder = ladder_file();
  options.segment = milliseconds(settings.hls.segment_ms);
  options.part = milliseconds(settings.hls.part_ms);
  options.window = settings.hls.window;
  options.rules.end_after = settings.live.end_after;
  options.capacity = {settings.media.max_live, std::max(1U, std::thread::hardware_concurrency())};

  wait_on(live_loop_, [&] {
    for (store::OldSlug& old : stored->old_slugs) {
      if (old.event_id.empty()) {
        site_->publish_deleted_event(std::move(old.slug));
      } else {
        directory_.add_former_slug(old.event_id, std::move(old.slug));
      }
    }
    broadcasts_ = std::make_unique<live::Broadcasts>(live_loop_, clock_, std::move(options),
                                                     *event_store_, *recordings_, *site_port_);
    broadcasts_->restore(std::move(stored->stages), std::move(stored->events));
    presence_ = std::make_unique<glib::Timer>(live_loop_);
    presence_->start_repeating(kCountViewersEvery, [this] {
      for (const auto& [event_id, viewers] : site_port_->count_viewers()) {
        broadcasts_->set_viewers(event_id, viewers);
      }
    });
  });
  return {};
}

Status Server::open_doors() {
  if (!options_.settings.rtmp.listen) {
    return {};
  }
  keys_ = std::make_unique<KeyPort>(*store_, live_loop_, broadcasts_);
  feeds_ = std::make_unique<FeedPort>(live_loop_, broadcasts_);
  auto door = ingest::RtmpDoor::create(ingest_loop_, clock_, rtmp_options(options_.settings),
                                       *keys_, *feeds_);
  if (!door) {
    return fail(std::move(door).error().in("rtmp.listen"));
  }
  rtmp_ = std::move(*door);
  backend_->set_rtmp_url(rtmp_url());
  return {};
}

std::string Server::addresses() const {
  const config::Settings& settings = options_.settings;
  std::string text = "http=" + text_of(settings.http.listen, site_->port());
  text += " rtmp=" + (rtmp_ ? text_of(*settings.rtmp.listen, rtmp_->port()) : std::string("off"));
  return text + " srt=off";
}

std::string Server::http_url() const {
  const config::Http& http = options_.settings.http;
  return http.public_url.empty() ? "http://" + reachable(http.listen, site_->port())
                                 : http.public_url;
}

std::string Server::rtmp_url() const {
  if (!rtmp_) {
    return {};
  }
  const config::Settings& settings = options_.settings;
  const std::string address =
      settings.http.public_url.empty()
          ? reachable(*settings.rtmp.listen, rtmp_->port())
          : host_of(settings.http.public_url) + ":" + std::to_string(rtmp_->port());
  return "rtmp://" + address + "/live";
}

void Server::stop() {
  if (is_stopped_) {
    return;
  }
  is_stopped_ = true;
  if (rtmp_) {
    std::promise<void> closed;
    rtmp_->stop([&closed] { closed.set_value(); });
    closed.get_future().wait();
  }
  std::promise<void> shut;
  live_loop_.post([this, &shut] {
    presence_.reset();
    if (!broadcasts_) {
      shut.set_value();
      return;
    }
    broadcasts_->shut_down([this, &shut] {
      // Not from within its own call.
      live_loop_.post([this, &shut] {
        broadcasts_.reset();
        shut.set_value();
      });
    });
  });
  shut.get_future().wait();
  if (site_) {
    site_->stop();
  }
}

Server::~Server() {
  stop();
  rtmp_.reset();
  ingest_loop_.stop();
  // No call is under way any longer when the loops have ended; then what they used may go.
  live_loop_.stop();
  if (recordings_) {
    recordings_->stop();
  }
  if (store_) {
    store_->stop();
  }
  if (accounts_) {
    accounts_->stop();
  }
  site_.reset();
}

}  // namespace estrad::app
