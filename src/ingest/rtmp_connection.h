#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "ingest/feed.h"
#include "ingest/flv/remuxer.h"
#include "ingest/key_check.h"
#include "ingest/rtmp/session.h"
#include "ingest/rtmp_door.h"
#include "ingest/stage_turns.h"
#include "ingest/tcp_stream.h"

namespace estrad::ingest {

class RtmpConnection;

/// What a connection tells its owner. The connection stays alive during the call.
class RtmpConnectionOwner {
 public:
  virtual ~RtmpConnectionOwner() = default;
  /// Answer, now or later, with `begin_feed` or `refuse`.
  virtual void publish_requested(RtmpConnection& connection, const std::string& app,
                                 const std::string& name) = 0;
  virtual void heard(RtmpConnection& connection) = 0;
  /// The connection sends no more, and its feed has ended; it may still be saying goodbye.
  virtual void left(RtmpConnection& connection) = 0;
  /// The connection broke the protocol or a time limit.
  virtual void misbehaved(RtmpConnection& connection, const std::string& how) = 0;
};

/// One encoder: its socket, its RTMP session, and the feed that it becomes. Lives on the ingest
/// loop, held by its owner.
class RtmpConnection final : public std::enable_shared_from_this<RtmpConnection>,
                             public TcpReceiver {
 public:
  RtmpConnection(ConnectionId id, std::string address, const RtmpOptions& options,
                 const Clock& clock, RtmpConnectionOwner& owner, FeedSink& sink);
  ~RtmpConnection() override = default;

  /// Once, at once after making it.
  void start(glib::EventLoop& loop, glib::Ref<GSocket> socket);

  /// The encoder may publish: its feed begins.
  void begin_feed(const StageKey& key);
  /// The encoder may not publish: it is told, and the connection closed. `code` is RTMP's
  /// (NetStream.Publish.BadName), `description` for the encoder's user.
  void refuse(std::string_view code, std::string_view description);
  /// Ends the feed, if there is one, tells the encoder, and closes the connection.
  void dismiss(const std::string& reason);
  /// Closes at once.
  void drop();
  /// To be called often: keeps the time limits.
  void keep_limits();

  [[nodiscard]] ConnectionId id() const { return id_; }
  /// As limits count it (peer_address.h).
  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] bool is_waiting_for_answer() const { return phase_ == Phase::kAsking; }
  /// 0 when it sends nothing.
  [[nodiscard]] FeedId feed() const { return feed_; }
  [[nodiscard]] bool is_closed() const { return phase_ == Phase::kClosed; }

 private:
  enum class Phase : std::uint8_t { kBeforePublish, kAsking, kPublishing, kLeaving, kClosed };

  void received(ByteView bytes) override;
  void ended(const std::string& reason) override;

  void go_on();
  /// False when nothing more is to be read.
  bool handle(rtmp::SessionEvent event);
  void publish_ended();
  void hand_on();
  void flush();
  void end_feed(const std::string& reason);
  void leave(const std::string& reason);
  void fail_with(const std::string& how);
  void enter(Phase phase);

  // set once
  ConnectionId id_;
  std::string address_;
  const RtmpOptions& options_;
  const Clock& clock_;
  RtmpConnectionOwner& owner_;
  FeedSink& sink_;

  // loop only
  std::unique_ptr<TcpStream> stream_;
  rtmp::Session session_;
  flv::Remuxer remuxer_;
  FeedId feed_ = 0;
  Phase phase_ = Phase::kBeforePublish;
  SteadyTime phase_since_;
  SteadyTime last_heard_;
};

}  // namespace estrad::ingest
