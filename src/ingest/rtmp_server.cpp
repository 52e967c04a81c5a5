#include "ingest/rtmp_server.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/log.h"
#include "ingest/peer_address.h"
#include "ingest/rtmp/publish_address.h"

namespace estrad::ingest {
namespace {

/// How exactly the time limits are kept.
constexpr milliseconds kTick{100};
/// Log lines about broken connections from one address.
constexpr std::size_t kComplaintsInARow = 5;
constexpr milliseconds kComplaintPause{60'000};

}  // namespace

RtmpServer::RtmpServer(glib::EventLoop& loop, const Clock& clock, RtmpOptions options,
                       KeyCheck& keys, FeedSink& sink, std::unique_ptr<TcpListener> listener)
    : loop_(loop),
      clock_(clock),
      options_(std::move(options)),
      keys_(keys),
      sink_(sink),
      listener_(std::move(listener)),
      tick_(loop),
      turns_({.takeover_after = options_.takeover_after, .hold_limit = options_.hold_limit}),
      wrong_keys_(options_.wrong_keys_in_a_row, options_.wrong_key_pause),
      complaints_(kComplaintsInARow, kComplaintPause) {}

void RtmpServer::start() {
  loop_.assert_current();
  listener_->start([this](glib::Ref<GSocket> socket) { accept(std::move(socket)); });
}

void RtmpServer::accept(glib::Ref<GSocket> socket) {
  const auto peer =
      glib::Ref<GSocketAddress>::adopt(g_socket_get_remote_address(socket.get(), nullptr));
  std::string address = address_group(peer.get());
  if (!has_room_for(address)) {
    const SteadyTime now = clock_.steady();
    if (!complaints_.is_spent(address, now)) {
      complaints_.spend(address, now);
      log::warning("rtmp: a connection too many was closed ({} are open)", connections_.size());
    }
    return;
  }
  const ConnectionId id = ++last_id_;
  auto connection =
      std::make_shared<RtmpConnection>(id, std::move(address), options_, clock_, *this, sink_);
  connections_[id] = connection;
  connection->start(loop_, std::move(socket));
  if (!tick_.is_running()) {
    tick_.start_repeating(kTick, [this] { tick(); });
  }
}

bool RtmpServer::has_room_for(const std::string& address) const {
  const auto from_there = static_cast<std::size_t>(std::ranges::count_if(
      connections_, [&](const auto& entry) { return entry.second->address() == address; }));
  return connections_.size() < options_.max_connections &&
         from_there < options_.max_connections_per_address;
}

void RtmpServer::publish_requested(RtmpConnection& connection, const std::string& app,
                                   const std::string& name) {
  const auto key = rtmp::find_key(app, name);
  if (wrong_keys_.is_spent(connection.address(), clock_.steady())) {
    // An empty key stands for one that cannot be right.
    waiting_keys_[connection.id()] = key.value_or("");
    return;
  }
  check_key(connection.id(), key.value_or(""));
}

void RtmpServer::check_key(ConnectionId id, const std::string& key) {
  if (key.empty()) {
    key_checked(id, fail(not_found("no stream key")));
    return;
  }
  keys_.check(key, [weak = weak_from_this(), &loop = loop_, id](const Result<StageKey>& checked) {
    loop.post([weak, id, checked] {
      if (const auto self = weak.lock()) {
        self->key_checked(id, checked);
      }
    });
  });
}

void RtmpServer::key_checked(ConnectionId id, const Result<StageKey>& checked) {
  const auto connection = find(id);
  if (!connection || !connection->is_waiting_for_answer()) {
    return;
  }
  if (!checked && checked.error().kind == ErrorKind::kNotFound) {
    refuse_key(*connection);
    return;
  }
  if (!checked && checked.error().kind == ErrorKind::kConflict) {
    log::write(Error(checked.error()).in("rtmp: a presenter was refused"));
    connection->refuse("NetStream.Publish.Denied", checked.error().message);
    return;
  }
  if (!checked) {
    log::write(Error(checked.error()).in("rtmp: a stream key could not be checked"));
    connection->refuse("NetStream.Failed", "The key cannot be checked now; try again.");
    return;
  }
  if (turns_.arrive(id, *checked, clock_.steady())) {
    connection->begin_feed(*checked);
    return;
  }
  log::info("rtmp: a second connection on stage \"{}\"{} waits for the first to fall silent",
            checked->stage_id, checked->is_backup ? " (backup)" : "");
  held_[id] = *checked;
  give_turns();
}

void RtmpServer::refuse_key(RtmpConnection& connection) {
  wrong_keys_.spend(connection.address(), clock_.steady());
  log::warning("rtmp: a wrong stream key was refused");
  connection.refuse("NetStream.Publish.BadName",
                    "The stream key is wrong, expired or revoked (NetStream.Publish.BadName).");
}

void RtmpServer::heard(RtmpConnection& connection) {
  turns_.heard(connection.id(), clock_.steady());
}

void RtmpServer::left(RtmpConnection& connection) {
  turns_.leave(connection.id());
  held_.erase(connection.id());
  waiting_keys_.erase(connection.id());
}

void RtmpServer::misbehaved(RtmpConnection& connection, const std::string& how) {
  const SteadyTime now = clock_.steady();
  if (!complaints_.is_spent(connection.address(), now)) {
    complaints_.spend(connection.address(), now);
    log::info("rtmp: a connection was closed: {}", how);
  }
}

void RtmpServer::give_turns() {
  for (const StageTurns::Decision& decision : turns_.due(clock_.steady())) {
    if (const auto* won = std::get_if<StageTurns::TakeOver>(&decision)) {
      take_over(*won);
    } else if (const auto refused = find(std::get<StageTurns::Refusal>(decision).refused)) {
      log::warning("rtmp: a second connection on stage \"{}\" was refused, the first still sends",
                   held_[refused->id()].stage_id);
      refused->refuse("NetStream.Publish.Denied", "Another encoder is sending with this key.");
    }
  }
}

void RtmpServer::take_over(const StageTurns::TakeOver& decision) {
  if (const auto loser = decision.loser ? find(*decision.loser) : nullptr) {
    loser->dismiss("silent, and the encoder connected again");
  }
  const auto key = held_.extract(decision.winner);
  if (const auto winner = find(decision.winner); winner && !key.empty()) {
    winner->begin_feed(key.mapped());
  }
}

void RtmpServer::tick() {
  // A copy: what is called may close connections.
  const auto connections = connections_;
  for (const auto& [id, connection] : connections) {
    connection->keep_limits();
  }
  give_turns();
  check_waiting_keys();
  remove_closed();
  if (connections_.empty()) {
    tick_.stop();
    finish_stopping();
  }
}

void RtmpServer::check_waiting_keys() {
  const auto waiting = waiting_keys_;
  for (const auto& [id, key] : waiting) {
    const auto connection = find(id);
    if (connection && !wrong_keys_.is_spent(connection->address(), clock_.steady())) {
      waiting_keys_.erase(id);
      check_key(id, key);
    }
  }
}

void RtmpServer::remove_closed() {
  std::erase_if(connections_, [](const auto& entry) { return entry.second->is_closed(); });
}

std::shared_ptr<RtmpConnection> RtmpServer::find(ConnectionId id) const {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second;
}

void RtmpServer::disconnect(FeedId feed, const std::string& reason) {
  loop_.assert_current();
  const auto connections = connections_;
  for (const auto& [id, connection] : connections) {
    if (feed != 0 && connection->feed() == feed) {
      connection->dismiss(reason);
    }
  }
}

void RtmpServer::stop(std::function<void()> stopped) {
  loop_.assert_current();
  is_stopping_ = true;
  stopped_ = std::move(stopped);
  listener_->stop();
  const auto connections = connections_;
  for (const auto& [id, connection] : connections) {
    connection->dismiss("the server stops");
  }
  remove_closed();
  if (connections_.empty()) {
    finish_stopping();
  }
}

void RtmpServer::finish_stopping() {
  if (is_stopping_ && stopped_) {
    std::exchange(stopped_, nullptr)();
  }
}

void RtmpServer::drop_all() {
  loop_.assert_current();
  listener_->stop();
  const auto connections = std::exchange(connections_, {});
  for (const auto& [id, connection] : connections) {
    connection->drop();
  }
  tick_.stop();
}

}  // namespace estrad::ingest
