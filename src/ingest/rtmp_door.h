#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "glib/event_loop.h"
#include "ingest/feed.h"
#include "ingest/key_check.h"

namespace estrad::ingest {

class RtmpServer;

/// How the RTMP door is set up; the defaults are those of the shipped configuration.
struct RtmpOptions {
  /// A numeric IPv4 or IPv6 address. "::" takes IPv4 too.
  std::string host = "0.0.0.0";
  /// 0: any free port, see `RtmpDoor::port()`.
  std::uint16_t port = 1935;

  /// From connecting to the end of the handshake.
  milliseconds handshake_within{5'000};
  /// From connecting to asking to publish.
  milliseconds publish_within{15'000};
  /// Without a byte from the encoder.
  milliseconds idle_limit{15'000};
  /// A second connection with a valid key waits this long for the first to fall silent.
  milliseconds hold_limit{5'000};
  /// The first has fallen silent when nothing came from it for this long.
  milliseconds takeover_after{1'000};

  std::size_t max_connections = 256;
  /// Per IPv4 address or IPv6 /64 network.
  std::size_t max_connections_per_address = 32;
  /// Wrong keys that one address may show in a row; then one in each `wrong_key_pause`. Further
  /// keys from there are checked late, not refused: others may sit behind the same address.
  std::size_t wrong_keys_in_a_row = 10;
  milliseconds wrong_key_pause{6'000};

  std::size_t max_message_bytes = std::size_t{8} << 20;
  /// All unfinished messages of one connection together.
  std::size_t max_unfinished_bytes = std::size_t{16} << 20;
};

/// The door for encoders that send RTMP (and Enhanced RTMP): checks their keys, then hands their
/// media on as FLV. Nobody can play from it.
///
/// Everything happens on the ingest loop; the methods here may be called on any thread. `loop` must
/// not be stopped before the door is destroyed; `clock`, `keys` and `sink` must live until `stop`
/// has answered, or the loop has stopped.
class RtmpDoor {
 public:
  /// Opens the port and begins to take connections. Unavailable when it cannot be opened; the
  /// message says how to mend it.
  [[nodiscard]] static Result<std::unique_ptr<RtmpDoor>> create(glib::EventLoop& loop,
                                                                const Clock& clock,
                                                                RtmpOptions options, KeyCheck& keys,
                                                                FeedSink& sink);
  /// Closes everything soon, without a word to the encoders, if `stop` has not been called.
  ~RtmpDoor();
  RtmpDoor(const RtmpDoor&) = delete;
  RtmpDoor& operator=(const RtmpDoor&) = delete;

  /// The port that is really open.
  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// Ends one feed: the encoder is told, what is left for it is written, the connection closed. The
  /// encoder may connect again. Nothing happens when there is no such feed.
  void disconnect(FeedId feed, std::string reason);

  /// Takes no more connections, ends all feeds, writes what is left for the encoders and closes, in
  /// at most a second. Then calls `stopped` on the ingest loop; the sink is not called after it.
  void stop(std::function<void()> stopped);

 private:
  RtmpDoor(std::shared_ptr<RtmpServer> server, glib::EventLoop& loop, std::uint16_t port);

  // set once
  std::shared_ptr<RtmpServer> server_;
  glib::EventLoop& loop_;
  std::uint16_t port_;
};

}  // namespace estrad::ingest
