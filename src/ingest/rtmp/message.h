#pragma once

#include <cstdint>

#include "base/bytes.h"

/// RTMP as Adobe's specification 1.0 of 21 December 2012 has it ("RTMP" below), without sockets:
/// bytes in, values out.
namespace estrad::ingest::rtmp {

/// RTMP 5.4, 6.2, 7.1. Types that are not named here are skipped.
enum class MessageType : std::uint8_t {
  kSetChunkSize = 1,
  kAbort = 2,
  kAcknowledgement = 3,
  kUserControl = 4,
  kWindowAcknowledgementSize = 5,
  kSetPeerBandwidth = 6,
  kAudio = 8,
  kVideo = 9,
  kDataAmf3 = 15,
  kCommandAmf3 = 17,
  kDataAmf0 = 18,
  kCommandAmf0 = 20,
  kAggregate = 22,
};

/// RTMP 7.1.7: what a user control message is about.
enum class UserControl : std::uint16_t {
  kStreamBegin = 0,
  kStreamEof = 1,
  kPingRequest = 6,
  kPingResponse = 7,
};

/// A whole message, put together from its chunks.
struct Message {
  MessageType type{};
  /// 0 for the connection itself, else as answered to createStream.
  std::uint32_t stream_id = 0;
  /// Milliseconds, of the sender's own choosing; wraps at 32 bits.
  std::uint32_t timestamp_ms = 0;
  Bytes payload;

  friend bool operator==(const Message&, const Message&) = default;
};

[[nodiscard]] Message set_chunk_size(std::uint32_t bytes);
[[nodiscard]] Message acknowledgement(std::uint32_t bytes_received);
[[nodiscard]] Message window_acknowledgement_size(std::uint32_t bytes);
/// With the limit type "dynamic".
[[nodiscard]] Message set_peer_bandwidth(std::uint32_t bytes);
[[nodiscard]] Message user_control(UserControl event, std::uint32_t value);

}  // namespace estrad::ingest::rtmp
