#pragma once

#include <algorithm>

#include "base/bytes.h"
#include "ingest/rtmp/handshake_digest.h"

namespace estrad::test {

/// The client's half of the handshake.
class HandshakeClient {
 public:
  /// C0 and C1 of a client that knows nothing of digests.
  static Bytes simple_start(std::uint8_t filling = 0x5A) {
    Bytes start{3};
    ByteWriter writer(start);
    writer.u32(1000);
    writer.u32(0);
    start.resize(1 + ingest::rtmp::kHandshakeSize, filling);
    return start;
  }

  /// C0 and C1 with a digest.
  static Bytes digest_start(ingest::rtmp::DigestScheme scheme) {
    Bytes block;
    ByteWriter writer(block);
    writer.u32(1000);
    writer.u32(0x0A000C02);
    for (std::size_t i = block.size(); i < ingest::rtmp::kHandshakeSize; ++i) {
      block.push_back(static_cast<std::uint8_t>(i * 7));
    }
    ingest::rtmp::place_digest(block, ingest::rtmp::Side::kClient, scheme);
    block.insert(block.begin(), 3);
    return block;
  }

  /// C2 of the simple handshake: S1 sent back.
  static Bytes simple_answer(const Bytes& server_output) {
    return {server_output.begin() + 1, server_output.begin() + 1 + ingest::rtmp::kHandshakeSize};
  }
};

}  // namespace estrad::test
