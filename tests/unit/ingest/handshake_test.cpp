#include "ingest/rtmp/handshake.h"

#include <gtest/gtest.h>

#include "ingest/rtmp/handshake_digest.h"
#include "unit/ingest/handshake_client.h"

namespace estrad::ingest::rtmp {
namespace {

using test::HandshakeClient;

void fill_with_9(Bytes& block) {
  std::ranges::fill(block, std::uint8_t{9});
}

Bytes part(const Bytes& bytes, std::size_t from, std::size_t count) {
  const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(from);
  return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

Bytes answer_to(ServerHandshake& handshake, const Bytes& start) {
  ByteView input = start;
  Bytes output;
  EXPECT_TRUE(handshake.receive(input, output));
  EXPECT_TRUE(input.empty());
  return output;
}

TEST(ServerHandshake, EchoesASimpleClient) {
  ServerHandshake handshake(fill_with_9);
  const Bytes start = HandshakeClient::simple_start();
  const Bytes output = answer_to(handshake, start);

  ASSERT_EQ(output.size(), 1 + 2 * kHandshakeSize);
  EXPECT_EQ(output[0], 3);
  EXPECT_EQ(part(output, 1, 8), Bytes(8, 0));
  EXPECT_EQ(part(output, 9, kHandshakeSize - 8), Bytes(kHandshakeSize - 8, 9));
  EXPECT_EQ(part(output, 1 + kHandshakeSize, kHandshakeSize), part(start, 1, kHandshakeSize));
  EXPECT_FALSE(handshake.is_done());

  const Bytes answer = HandshakeClient::simple_answer(output);
  EXPECT_TRUE(answer_to(handshake, answer).empty());
  EXPECT_TRUE(handshake.is_done());
}

class DigestHandshake : public testing::TestWithParam<DigestScheme> {};

TEST_P(DigestHandshake, ProvesThatItReadTheClientsDigest) {
  ServerHandshake handshake;
  const Bytes start = HandshakeClient::digest_start(GetParam());
  const auto sent = find_digest(part(start, 1, kHandshakeSize), Side::kClient);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->scheme, GetParam());

  const Bytes output = answer_to(handshake, start);
  const Bytes first = part(output, 1, kHandshakeSize);
  const Bytes second = part(output, 1 + kHandshakeSize, kHandshakeSize);
  const auto found = find_digest(first, Side::kServer);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->scheme, GetParam());

  const std::size_t tail = kHandshakeSize - kDigestSize;
  const Digest proof = answer_digest(part(second, 0, tail), sent->digest, Side::kServer);
  EXPECT_TRUE(std::ranges::equal(part(second, tail, kDigestSize), proof));
}

INSTANTIATE_TEST_SUITE_P(BothHalves, DigestHandshake,
                         testing::Values(DigestScheme::kFirstHalf, DigestScheme::kSecondHalf));

TEST(ServerHandshake, TakesAWrongDigestForASimpleClient) {
  ServerHandshake handshake;
  Bytes start = HandshakeClient::digest_start(DigestScheme::kFirstHalf);
  start[1000] ^= 1;
  start[1 + 40] ^= 1;
  const Bytes output = answer_to(handshake, start);
  EXPECT_EQ(part(output, 1 + kHandshakeSize, kHandshakeSize), part(start, 1, kHandshakeSize));
}

TEST(ServerHandshake, TakesBytesOneByOneAndLeavesWhatComesBehind) {
  ServerHandshake handshake;
  Bytes all = HandshakeClient::simple_start();
  all.insert(all.end(), kHandshakeSize, 1);
  all.push_back(0x42);
  Bytes output;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    EXPECT_FALSE(handshake.is_done());
    ByteView one(&all[i], 1);
    ASSERT_TRUE(handshake.receive(one, output));
    ASSERT_TRUE(one.empty());
  }
  EXPECT_TRUE(handshake.is_done());
  ByteView rest(&all.back(), 1);
  ASSERT_TRUE(handshake.receive(rest, output));
  EXPECT_EQ(rest.size(), 1U);
}

TEST(ServerHandshake, RefusesWhatIsNotRtmp) {
  ServerHandshake handshake;
  ByteView input = as_bytes("GET / HTTP/1.1\r\n");
  Bytes output;
  const Status status = handshake.receive(input, output);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().message, "not RTMP: the first byte is 0x47, not 0x03");
  EXPECT_TRUE(output.empty());
}

}  // namespace
}  // namespace estrad::ingest::rtmp
