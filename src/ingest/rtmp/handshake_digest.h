#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"

/// The digests of RTMP's "complex" handshake. Adobe never published it; this is what Flash, librtmp
/// and FFmpeg agree on: a HMAC-SHA-256 lies hidden somewhere in C1 and S1, and S2 and C2 end with
/// one that is keyed by the other side's.
namespace estrad::ingest::rtmp {

inline constexpr std::size_t kHandshakeSize = 1536;
inline constexpr std::size_t kDigestSize = 32;
using Digest = std::array<std::uint8_t, kDigestSize>;

/// Which half of C1 or S1 holds the digest.
enum class DigestScheme : std::uint8_t {
  kFirstHalf = 0,
  kSecondHalf = 1,
};

enum class Side : std::uint8_t { kClient, kServer };

/// A digest that was found in C1 or S1, and where.
struct FoundDigest {
  DigestScheme scheme{};
  Digest digest{};
};

/// Where the digest lies within the 1,536 bytes `block`.
[[nodiscard]] std::size_t digest_offset(ByteView block, DigestScheme scheme);

/// The valid digest that `from` put into its first block of 1,536 bytes; nullopt when there is
/// none, which means the simple handshake.
[[nodiscard]] std::optional<FoundDigest> find_digest(ByteView block, Side from);

/// Puts the digest of `from` into its own first block, in place.
void place_digest(Bytes& block, Side from, DigestScheme scheme);

/// What the last 32 bytes of S2 (from the server) or C2 (from the client) have to be: made of the
/// 1,504 bytes before them and of the digest of the other side's first block.
[[nodiscard]] Digest answer_digest(ByteView first_1504_bytes, const Digest& others, Side from);

}  // namespace estrad::ingest::rtmp
