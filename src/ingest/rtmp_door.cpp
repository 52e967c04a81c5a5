#include "ingest/rtmp_door.h"

#include <utility>

#include "ingest/rtmp_server.h"
#include "ingest/tcp_listener.h"

namespace estrad::ingest {

Result<std::unique_ptr<RtmpDoor>> RtmpDoor::create(glib::EventLoop& loop, const Clock& clock,
                                                   RtmpOptions options, KeyCheck& keys,
                                                   FeedSink& sink) {
  auto listener = TcpListener::open(loop, options.host, options.port, "rtmp.listen");
  if (!listener) {
    return fail(std::move(listener).error());
  }
  const std::uint16_t port = (*listener)->port();
  auto server = std::make_shared<RtmpServer>(loop, clock, std::move(options), keys, sink,
                                             *std::move(listener));
  loop.post([server] { server->start(); });
  return std::unique_ptr<RtmpDoor>(new RtmpDoor(std::move(server), loop, port));
}

RtmpDoor::RtmpDoor(std::shared_ptr<RtmpServer> server, glib::EventLoop& loop, std::uint16_t port)
    : server_(std::move(server)), loop_(loop), port_(port) {}

RtmpDoor::~RtmpDoor() {
  loop_.post([server = std::move(server_)] { server->drop_all(); });
}

void RtmpDoor::disconnect(FeedId feed, std::string reason) {
  loop_.post(
      [server = server_, feed, reason = std::move(reason)] { server->disconnect(feed, reason); });
}

void RtmpDoor::stop(std::function<void()> stopped) {
  loop_.post([server = server_, stopped = std::move(stopped)]() mutable {
    server->stop(std::move(stopped));
  });
}

}  // namespace estrad::ingest
