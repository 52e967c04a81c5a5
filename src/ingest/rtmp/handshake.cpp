#include "ingest/rtmp/handshake.h"

#include <algorithm>

#include <sodium.h>
#include <spdlog/fmt/fmt.h>

#include "ingest/rtmp/handshake_digest.h"

namespace estrad::ingest::rtmp {
namespace {

constexpr std::uint8_t kVersion = 3;
/// A server version that knows digests; FFmpeg looks for one only in S1 of such a server.
constexpr std::uint32_t kServerVersion = 0x04050001;

}  // namespace

void fill_random(Bytes& block) {
  randombytes_buf(block.data(), block.size());
}

Status ServerHandshake::receive(ByteView& input, Bytes& output) {
  if (state_ == State::kVersion && !input.empty()) {
    if (input.front() != kVersion) {
      return fail(invalid_input(
          fmt::format("not RTMP: the first byte is 0x{:02x}, not 0x03", input.front())));
    }
    input = input.subspan(1);
    state_ = State::kClientFirst;
  }
  if (state_ == State::kClientFirst && collect(input)) {
    answer(output);
    received_.clear();
    state_ = State::kClientSecond;
  }
  if (state_ == State::kClientSecond && collect(input)) {
    received_ = Bytes();
    state_ = State::kDone;
  }
  return {};
}

bool ServerHandshake::collect(ByteView& input) {
  const std::size_t count = std::min(input.size(), kHandshakeSize - received_.size());
  received_.insert(received_.end(), input.begin(),
                   input.begin() + static_cast<std::ptrdiff_t>(count));
  input = input.subspan(count);
  return received_.size() == kHandshakeSize;
}

void ServerHandshake::answer(Bytes& output) {
  // Encoders of the simple handshake leave the version zero (RTMP 5.2.3).
  ByteReader reader(received_);
  const std::uint32_t client_time = reader.u32();
  const std::uint32_t client_version = reader.u32();
  const auto found = client_version == 0 ? std::nullopt : find_digest(received_, Side::kClient);

  Bytes first;
  ByteWriter writer(first);
  writer.u32(0);
  writer.u32(found ? kServerVersion : 0);
  Bytes noise(kHandshakeSize - first.size());
  random_(noise);
  writer.append(noise);

  Bytes second;
  if (found) {
    place_digest(first, Side::kServer, found->scheme);
    second.resize(kHandshakeSize - kDigestSize);
    random_(second);
    ByteWriter(second).append(answer_digest(second, found->digest, Side::kServer));
  } else {
    // The echo: the client's time, when it was read, and the client's own random bytes.
    ByteWriter echo(second);
    echo.u32(client_time);
    echo.u32(client_version);
    echo.append(reader.rest());
  }

  ByteWriter out(output);
  out.u8(kVersion);
  out.append(first);
  out.append(second);
}

}  // namespace estrad::ingest::rtmp
