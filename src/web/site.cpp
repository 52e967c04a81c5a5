#include "web/site.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/log.h"
#include "glib/handle.h"
#include "web/front.h"

namespace estrad::web {

struct Site::Parts {
  struct HttpLoop {
    explicit HttpLoop(std::size_t number) : loop("http-" + std::to_string(number)) {}
    glib::EventLoop loop;
    /// On the loop only.
    std::unique_ptr<Front> front;
  };

  // set once
  FrontSetup setup;
  std::uint16_t port = 0;

  // any thread
  Counters counters;
  ViewerCounts viewers;

  // set once; what is in them belongs to their loops
  std::vector<std::unique_ptr<HttpLoop>> loops;

  // the first loop only
  std::unique_ptr<Acceptor> acceptor;
  std::size_t next_loop = 0;

  bool is_stopped = false;

  void post_all(const std::function<void(Front&)>& task) {
    for (const auto& http : loops) {
      http->loop.post([place = http.get(), task] {
        if (place->front) {
          task(*place->front);
        }
      });
    }
  }

  void start(glib::Ref<GSocket> socket, Backend& backend) {
    for (const auto& http : loops) {
      http->loop.post([this, place = http.get(), &backend] {
        place->front =
            std::make_unique<Front>(place->loop, setup, backend, counters, viewers,
                                    [this](std::string address) { forget(std::move(address)); });
      });
    }
    loops.front()->loop.post([this, socket = std::move(socket)] {
      acceptor = std::make_unique<Acceptor>(
          loops.front()->loop, socket, setup.options.acceptor, setup.trusted_proxies,
          [this](glib::Ref<GSocketConnection> connection, std::string address) {
            deal(std::move(connection), std::move(address));
          });
    });
  }

  /// Connections go to the loops in turn.
  void deal(glib::Ref<GSocketConnection> connection, std::string address) {
    ++counters.connections;
    counters.refused_connections = acceptor->refused_connections();
    HttpLoop* place = loops[next_loop++ % loops.size()].get();
    place->loop.post([place, connection = std::move(connection), address = std::move(address)] {
      if (place->front) {
        place->front->take(connection, address);
      }
    });
  }

  void forget(std::string address) {
    --counters.connections;
    loops.front()->loop.post([this, address = std::move(address)] {
      if (acceptor) {
        acceptor->forget(address);
      }
    });
  }
};

Result<std::unique_ptr<Site>> Site::create(SiteOptions options, Backend& backend,
                                           std::shared_ptr<const Assets> assets) {
  auto trusted = AddressRanges::create(options.trusted_proxies);
  if (!trusted) {
    return fail(std::move(trusted).error().in("http.trusted_proxies"));
  }
  auto metrics = AddressRanges::create(options.metrics_allow);
  if (!metrics) {
    return fail(std::move(metrics).error().in("metrics.allow"));
  }
  auto socket = Acceptor::listen(options.listen, options.acceptor.backlog);
  if (!socket) {
    return fail(std::move(socket).error());
  }
  const auto bound =
      glib::Ref<GSocketAddress>::adopt(g_socket_get_local_address(socket->get(), nullptr));
  auto parts = std::make_unique<Parts>();
  parts->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound.get()));
  parts->setup = {std::move(options), std::move(*trusted), std::move(*metrics), std::move(assets)};
  for (std::size_t i = 0; i < std::max<std::size_t>(1, parts->setup.options.loops); ++i) {
    parts->loops.push_back(std::make_unique<Parts::HttpLoop>(i));
  }
  parts->start(std::move(*socket), backend);
  return std::unique_ptr<Site>(new Site(std::move(parts)));
}

Site::Site(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Site::~Site() {
  stop();
}

std::uint16_t Site::port() const {
  return parts_->port;
}

void Site::publish_event(std::shared_ptr<const EventView> view) {
  parts_->post_all([view = std::move(view)](Front& front) { front.desk().shelf.put_event(view); });
}

void Site::publish_deleted_event(std::string slug) {
  parts_->post_all(
      [slug = std::move(slug)](Front& front) { front.desk().shelf.put_deleted(slug); });
}

void Site::publish_channel(std::string channel,
                           std::shared_ptr<const hls::ChannelSnapshot> snapshot) {
  parts_->post_all([channel = std::move(channel), snapshot = std::move(snapshot)](Front& front) {
    front.desk().shelf.put_channel(channel, snapshot);
  });
}

void Site::publish_track(std::string channel, std::shared_ptr<const hls::TrackSnapshot> snapshot) {
  parts_->post_all([channel = std::move(channel), snapshot = std::move(snapshot)](Front& front) {
    front.desk().shelf.put_track(channel, snapshot);
    front.desk().delivery.track_changed(channel, snapshot->track().name);
  });
}

void Site::close_channel(std::string channel) {
  parts_->post_all([channel = std::move(channel)](Front& front) {
    front.desk().shelf.drop_channel(channel);
    front.desk().delivery.channel_closed(channel);
  });
}

void Site::publish_log(std::string slug, std::shared_ptr<const LogView> view) {
  parts_->post_all([slug = std::move(slug), view = std::move(view)](Front& front) {
    front.desk().shelf.put_log(slug, view);
    front.desk().log_waits.log_changed(slug);
  });
}

void Site::publish_console(std::string slug, std::string name, std::string json) {
  parts_->post_all([slug = std::move(slug), name = std::move(name), json = std::move(json)](
                       Front& front) { front.desk().consoles.tell(slug, name, json); });
}

void Site::forget_identities() {
  parts_->post_all([](Front& front) { front.desk().guard.forget(); });
}

std::size_t Site::count_viewers(const std::string& channel) const {
  return parts_->viewers.total(channel);
}

void Site::stop() {
  if (parts_->is_stopped) {
    return;
  }
  parts_->is_stopped = true;
  parts_->loops.front()->loop.post([parts = parts_.get()] { parts->acceptor.reset(); });
  for (const auto& http : parts_->loops) {
    http->loop.post([place = http.get()] { place->front.reset(); });
  }
  for (const auto& http : parts_->loops) {
    http->loop.stop();
  }
}

}  // namespace estrad::web
