#include "ingest/rtmp/handshake_digest.h"

#include <algorithm>
#include <string_view>

#include <sodium.h>

namespace estrad::ingest::rtmp {
namespace {

// Constants of the protocol, the same in every implementation: they prove nothing.
constexpr std::string_view kClientName = "Genuine Adobe Flash Player 001";
constexpr std::string_view kServerName = "Genuine Adobe Flash Media Server 001";
constexpr std::array<std::uint8_t, 32> kNameTail = {
    0xF0, 0xEE, 0xC2, 0x4A, 0x80, 0x68, 0xBE, 0xE8, 0x2E, 0x00, 0xD0, 0xD1, 0x02, 0x9E, 0x7E, 0x57,
    0x6E, 0xEC, 0x5D, 0x2D, 0x29, 0x80, 0x6F, 0xAB, 0x93, 0xB8, 0xE6, 0x36, 0xCF, 0xEB, 0x31, 0xAE};

Bytes name_of(Side side) {
  const ByteView name = as_bytes(side == Side::kClient ? kClientName : kServerName);
  return {name.begin(), name.end()};
}

Digest hmac(ByteView key, ByteView first, ByteView second = {}) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, first.data(), first.size());
  crypto_auth_hmacsha256_update(&state, second.data(), second.size());
  Digest digest;
  crypto_auth_hmacsha256_final(&state, digest.data());
  return digest;
}

/// The HMAC over all of `block` but the place of the digest itself.
Digest digest_around(ByteView block, std::size_t offset, Side side) {
  return hmac(name_of(side), block.first(offset), block.subspan(offset + kDigestSize));
}

}  // namespace

std::size_t digest_offset(ByteView block, DigestScheme scheme) {
  // Four bytes, before the 728 + 32 in which the digest may lie, add up to its place.
  const std::size_t base = scheme == DigestScheme::kFirstHalf ? 8 : 772;
  const std::size_t sum =
      std::size_t{block[base]} + block[base + 1] + block[base + 2] + block[base + 3];
  return base + 4 + sum % 728;
}

std::optional<FoundDigest> find_digest(ByteView block, Side from) {
  for (const DigestScheme scheme : {DigestScheme::kFirstHalf, DigestScheme::kSecondHalf}) {
    const std::size_t offset = digest_offset(block, scheme);
    const Digest expected = digest_around(block, offset, from);
    if (std::ranges::equal(block.subspan(offset, kDigestSize), expected)) {
      return FoundDigest{scheme, expected};
    }
  }
  return std::nullopt;
}

void place_digest(Bytes& block, Side from, DigestScheme scheme) {
  const std::size_t offset = digest_offset(block, scheme);
  const Digest digest = digest_around(block, offset, from);
  std::ranges::copy(digest, block.begin() + static_cast<std::ptrdiff_t>(offset));
}

Digest answer_digest(ByteView first_1504_bytes, const Digest& others, Side from) {
  Bytes full_name = name_of(from);
  full_name.insert(full_name.end(), kNameTail.begin(), kNameTail.end());
  return hmac(hmac(full_name, others), first_1504_bytes);
}

}  // namespace estrad::ingest::rtmp
