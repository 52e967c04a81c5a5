#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "glib/event_loop.h"
#include "ingest/address_allowance.h"
#include "ingest/rtmp_connection.h"
#include "ingest/rtmp_door.h"
#include "ingest/stage_turns.h"
#include "ingest/tcp_listener.h"

namespace estrad::ingest {

/// What is behind the RTMP door: all its connections, who of them may send, and for how long the
/// others wait. Lives on the ingest loop; destroyed on it, or after it has ended.
class RtmpServer final : public std::enable_shared_from_this<RtmpServer>,
                         public RtmpConnectionOwner {
 public:
  RtmpServer(glib::EventLoop& loop, const Clock& clock, RtmpOptions options, KeyCheck& keys,
             FeedSink& sink, std::unique_ptr<TcpListener> listener);
  ~RtmpServer() override = default;

  void start();
  void disconnect(FeedId feed, const std::string& reason);
  /// As RtmpDoor::stop.
  void stop(std::function<void()> stopped);
  /// Ends everything at once. The sink is told.
  void drop_all();

 private:
  void publish_requested(RtmpConnection& connection, const std::string& app,
                         const std::string& name) override;
  void heard(RtmpConnection& connection) override;
  void left(RtmpConnection& connection) override;
  void misbehaved(RtmpConnection& connection, const std::string& how) override;

  void accept(glib::Ref<GSocket> socket);
  [[nodiscard]] bool has_room_for(const std::string& address) const;
  void check_key(ConnectionId id, const std::string& key);
  void key_checked(ConnectionId id, const Result<StageKey>& checked);
  void refuse_key(RtmpConnection& connection);
  void give_turns();
  void take_over(const StageTurns::TakeOver& decision);
  void tick();
  void check_waiting_keys();
  void remove_closed();
  void finish_stopping();
  [[nodiscard]] std::shared_ptr<RtmpConnection> find(ConnectionId id) const;

  // set once
  glib::EventLoop& loop_;
  const Clock& clock_;
  RtmpOptions options_;
  KeyCheck& keys_;
  FeedSink& sink_;

  // loop only
  std::unique_ptr<TcpListener> listener_;
  glib::Timer tick_;
  std::map<ConnectionId, std::shared_ptr<RtmpConnection>> connections_;
  ConnectionId last_id_ = 0;
  StageTurns turns_;
  /// Keys whose stage is known, of connections that wait for their turn.
  std::map<ConnectionId, StageKey> held_;
  /// Keys that wait to be checked, as their address has shown too many wrong ones.
  std::map<ConnectionId, std::string> waiting_keys_;
  AddressAllowance wrong_keys_;
  AddressAllowance complaints_;
  std::function<void()> stopped_;
  bool is_stopping_ = false;
};

}  // namespace estrad::ingest
