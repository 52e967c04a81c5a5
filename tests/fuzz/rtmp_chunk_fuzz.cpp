#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "ingest/flv/remuxer.h"
#include "ingest/rtmp/session.h"
#include "unit/ingest/handshake_client.h"

namespace {

using namespace estrad;

void fill_with_zero(Bytes& block) {
  std::ranges::fill(block, std::uint8_t{0});
}

/// A session that has shaken hands.
ingest::rtmp::Session open_session(ingest::rtmp::ChunkLimits limits) {
  ingest::rtmp::Session session(limits, fill_with_zero);
  session.receive(test::HandshakeClient::simple_start());
  session.receive(Bytes(ingest::rtmp::kHandshakeSize));
  static_cast<void>(session.next());
  return session;
}

}  // namespace

/// Everything that an encoder can send behind the handshake. The first byte says how large the
/// pieces are in which it arrives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  ingest::rtmp::Session session =
      open_session({.message_bytes = 1 << 16, .unfinished_bytes = 1 << 17, .chunk_streams = 8});
  ingest::flv::Remuxer remuxer;
  const std::size_t piece = std::size_t{data[0]} + 1;
  ByteView left = ByteView(data, size).subspan(1);
  while (!left.empty()) {
    const ByteView bytes = left.first(std::min(piece, left.size()));
    left = left.subspan(bytes.size());
    session.receive(bytes);
    for (auto event = session.next();; event = session.next()) {
      if (!event) {
        return 0;
      }
      if (!*event) {
        break;
      }
      if (std::holds_alternative<ingest::rtmp::PublishRequested>(**event)) {
        session.accept_publish();
      } else if (const auto* media = std::get_if<ingest::rtmp::MediaReceived>(&**event)) {
        remuxer.add(media->message);
      }
    }
    static_cast<void>(remuxer.take());
    static_cast<void>(session.take_output());
  }
  return 0;
}
