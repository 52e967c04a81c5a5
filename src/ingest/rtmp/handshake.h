#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "base/bytes.h"
#include "base/result.h"

namespace estrad::ingest::rtmp {

/// Fills a block with random bytes; injected, so that tests know what is sent.
using FillRandom = std::function<void(Bytes&)>;
/// From the kernel's random source.
void fill_random(Bytes& block);

/// The server's half of the handshake (RTMP 5.2), simple or with digests, as the client began it.
/// What the client echoes in C2 is not looked at: encoders send all sorts of things there.
class ServerHandshake {
 public:
  explicit ServerHandshake(FillRandom random = fill_random) : random_(std::move(random)) {}

  /// Takes bytes from the front of `input` (which is shortened by as much) and appends what is to
  /// be sent to `output`. InvalidInput when this is no RTMP: then there is nothing to answer.
  [[nodiscard]] Status receive(ByteView& input, Bytes& output);
  [[nodiscard]] bool is_done() const { return state_ == State::kDone; }

 private:
  enum class State : std::uint8_t { kVersion, kClientFirst, kClientSecond, kDone };

  /// Moves bytes from `input` to `received_` until there are `kHandshakeSize`.
  bool collect(ByteView& input);
  void answer(Bytes& output);

  FillRandom random_;
  State state_ = State::kVersion;
  Bytes received_;
};

}  // namespace estrad::ingest::rtmp
