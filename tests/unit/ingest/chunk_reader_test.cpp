#include "ingest/rtmp/chunk_reader.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/rtmp/chunk_writer.h"
#include "unit/ingest/hex.h"

namespace estrad::ingest::rtmp {
namespace {

using test::hex;
using test::join;

/// Feeds `bytes` in pieces of `piece` bytes and gathers the messages; the error ends it.
Result<std::vector<Message>> read_in_pieces(ChunkReader& reader, const Bytes& bytes,
                                            std::size_t piece) {
  std::vector<Message> messages;
  Bytes waiting;
  for (std::size_t from = 0; from < bytes.size(); from += piece) {
    const std::size_t to = std::min(bytes.size(), from + piece);
    waiting.insert(waiting.end(), bytes.begin() + static_cast<std::ptrdiff_t>(from),
                   bytes.begin() + static_cast<std::ptrdiff_t>(to));
    ByteView input = waiting;
    for (;;) {
      auto message = reader.next(input);
      if (!message) {
        return fail(message.error());
      }
      if (!*message) {
        break;
      }
      messages.push_back(**std::move(message));
    }
    EXPECT_LE(input.size(), 18U);
    waiting = Bytes(input.begin(), input.end());
  }
  EXPECT_TRUE(waiting.empty());
  return messages;
}

Result<std::vector<Message>> read_all(const Bytes& bytes, ChunkLimits limits = {}) {
  ChunkReader reader(limits);
  return read_in_pieces(reader, bytes, bytes.size());
}

Message audio(std::uint32_t timestamp_ms, Bytes payload) {
  return {MessageType::kAudio, 1, timestamp_ms, std::move(payload)};
}

Message video(std::uint32_t timestamp_ms, Bytes payload) {
  return {MessageType::kVideo, 1, timestamp_ms, std::move(payload)};
}

// RTMP 5.3.2.1: four audio messages of 32 bytes, 20 ms apart.
TEST(ChunkReader, ReadsTheSpecificationsFirstExample) {
  const Bytes data(32, 0xAA);
  const Bytes bytes = join({hex("03 0003e8 000020 08 39300000"), data,  // type 0
                            hex("83 000014"), data,                     // type 2
                            hex("c3"), data,                            // type 3
                            hex("c3"), data});
  const auto messages = read_all(bytes);
  ASSERT_TRUE(messages) << messages.error().message;
  ASSERT_EQ(messages->size(), 4U);
  for (std::uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ((*messages)[i], (Message{MessageType::kAudio, 12345, 1000 + 20 * i, data}));
  }
}

// RTMP 5.3.2.2: a video message of 307 bytes in three chunks.
TEST(ChunkReader, ReadsTheSpecificationsSecondExample) {
  Bytes data(307);
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<std::uint8_t>(i);
  }
  const auto piece = [&](std::ptrdiff_t from, std::ptrdiff_t to) {
    return Bytes(data.begin() + from, data.begin() + to);
  };
  const Bytes bytes = join({hex("04 0003e8 000133 09 3a300000"), piece(0, 128), hex("c4"),
                            piece(128, 256), hex("c4"), piece(256, 307)});
  const auto messages = read_all(bytes);
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 1U);
  EXPECT_EQ(messages->front(), (Message{MessageType::kVideo, 12346, 1000, data}));
}

TEST(ChunkReader, AddsTheTimeOfTypeZeroAgainForATypeThreeMessage) {
  const auto messages = read_all(hex("03 000064 000001 08 01000000 aa  c3 bb"));
  ASSERT_TRUE(messages);
  EXPECT_EQ((*messages)[1], audio(200, {0xBB}));
}

TEST(ChunkReader, PutsInterleavedMessagesTogether) {
  const Bytes bytes = join({hex("02 000000 000004 01 00000000 00000004"),  // chunk size 4
                            hex("04 000005 000006 09 01000000 01020304"),  // video, first part
                            hex("05 000007 000005 08 01000000 a1a2a3a4"),  // audio between
                            hex("c4 0506"), hex("c5 a5")});
  const auto messages = read_all(bytes);
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 3U);
  EXPECT_EQ((*messages)[1], video(5, hex("010203040506")));
  EXPECT_EQ((*messages)[2], audio(7, hex("a1a2a3a4a5")));
}

TEST(ChunkReader, ReadsTheSameHoweverTheBytesAreCut) {
  const Bytes long_data(300, 0x11);
  const Bytes bytes = join({hex("02 000000 000004 01 00000000 00000064"),  // chunk size 100
                            hex("04 ffffff 00012c 09 01000000 01000000"),  // extended time stamp
                            Bytes(100, 0x11), hex("c4 01000000"), Bytes(100, 0x11),  // repeated
                            hex("c4 01000000"), Bytes(100, 0x11),                    //
                            hex("00 10 000001 000002 08 01000000 abcd"),     // chunk stream 80
                            hex("01 10 01 000002 000002 08 01000000 abce"),  // chunk stream 336
                            hex("40 10 000005 000001 08 aa"), hex("80 10 000006 bb")});
  std::vector<Message> expected = {set_chunk_size(100),   video(0x01000000, long_data),
                                   audio(1, hex("abcd")), audio(2, hex("abce")),
                                   audio(6, hex("aa")),   audio(12, hex("bb"))};
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    ChunkReader reader;
    const auto messages = read_in_pieces(reader, bytes, piece);
    ASSERT_TRUE(messages) << piece << ": " << messages.error().message;
    ASSERT_EQ(*messages, expected) << piece;
  }
}

TEST(ChunkReader, TakesAnExtendedTimeStampThatIsNotRepeated) {
  const Bytes bytes = join({hex("02 000000 000004 01 00000000 00000004"),
                            hex("04 ffffff 000009 09 01000000 01000000"), hex("01020304"),
                            hex("c4 01000506"),  // looks like the time stamp for two bytes
                            hex("c4 09")});
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, bytes.size()}) {
    ChunkReader reader;
    const auto messages = read_in_pieces(reader, bytes, piece);
    ASSERT_TRUE(messages);
    EXPECT_EQ(messages->back(), video(0x01000000, hex("01020304 01000506 09")));
  }
}

TEST(ChunkReader, ReadsExtendedDeltas) {
  const auto messages = read_all(
      hex("03 000001 000001 08 01000000 aa  43 ffffff 000001 08 01000000 bb  c3 01000000 cc"));
  ASSERT_TRUE(messages);
  EXPECT_EQ((*messages)[1].timestamp_ms, 0x01000001U);
  EXPECT_EQ((*messages)[2].timestamp_ms, 0x02000001U);
}

TEST(ChunkReader, LetsTheTimeWrap) {
  const auto messages = read_all(hex("03 ffffff 000001 08 01000000 fffffff0 aa  83 000020 bb"));
  ASSERT_TRUE(messages);
  EXPECT_EQ((*messages)[1].timestamp_ms, 0x10U);
}

TEST(ChunkReader, DropsAMessageThatIsAborted) {
  const auto messages = read_all(join(
      {hex("02 000000 000004 01 00000000 00000002"), hex("04 000005 000004 09 01000000 0102"),
       hex("42 000000 000004 02 0000"), hex("c2 0004"), hex("04 000006 000002 09 01000000 0506")}));
  ASSERT_TRUE(messages) << messages.error().message;
  EXPECT_EQ(messages->back(), video(6, hex("0506")));
}

TEST(ChunkReader, DropsAMessageThatIsCutShortByTheNext) {
  const auto messages = read_all(
      join({hex("02 000000 000004 01 00000000 00000002"), hex("04 000005 000004 09 01000000 0102"),
            hex("04 000006 000002 09 01000000 0506")}));
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 2U);
  EXPECT_EQ(messages->back(), video(6, hex("0506")));
}

TEST(ChunkReader, HandsOnAnEmptyMessage) {
  const auto messages = read_all(hex("04 000005 000000 09 01000000"));
  ASSERT_TRUE(messages);
  EXPECT_EQ(messages->back(), video(5, {}));
}

TEST(ChunkReader, RefusesAMessageThatIsTooLarge) {
  const auto messages = read_all(hex("04 000000 000011 09 01000000 01"), {.message_bytes = 16});
  ASSERT_FALSE(messages);
  EXPECT_EQ(messages.error().message, "a message of 17 bytes, more than 16");
}

TEST(ChunkReader, RefusesTooMuchUnfinished) {
  const Bytes bytes =
      join({hex("02 000000 000004 01 00000000 00000001"), hex("04 000000 000010 09 01000000 01"),
            hex("05 000000 000010 09 01000000 01")});
  EXPECT_TRUE(read_all(bytes, {.unfinished_bytes = 32}));
  EXPECT_FALSE(read_all(bytes, {.unfinished_bytes = 31}));
}

TEST(ChunkReader, RefusesTooManyChunkStreams) {
  const Bytes bytes = hex("04 000000 000000 09 01000000  05 000000 000000 09 01000000");
  EXPECT_TRUE(read_all(bytes, {.chunk_streams = 2}));
  EXPECT_FALSE(read_all(bytes, {.chunk_streams = 1}));
}

TEST(ChunkReader, RefusesAChunkSizeOfNothing) {
  EXPECT_FALSE(read_all(hex("02 000000 000004 01 00000000 00000000")));
  EXPECT_FALSE(read_all(hex("02 000000 000004 01 00000000 80000000")));
}

TEST(ChunkReader, RefusesAChunkStreamThatBeginsInTheMiddle) {
  EXPECT_FALSE(read_all(hex("c4")));
  EXPECT_FALSE(read_all(hex("84 000000")));
}

TEST(ChunkWriter, WritesAWholeHeaderThenTypeThree) {
  ChunkWriter writer;
  Bytes out;
  writer.write(4, {MessageType::kVideo, 12346, 1000, Bytes(307, 1)}, out);
  EXPECT_EQ(out, join({hex("04 0003e8 000133 09 3a300000"), Bytes(128, 1), hex("c4"), Bytes(128, 1),
                       hex("c4"), Bytes(51, 1)}));
}

TEST(ChunkWriter, RepeatsExtendedTimeStamps) {
  ChunkWriter writer;
  Bytes out;
  writer.write(3, {MessageType::kAudio, 1, 0xFFFFFF, Bytes(129, 1)}, out);
  EXPECT_EQ(out, join({hex("03 ffffff 000081 08 01000000 00ffffff"), Bytes(128, 1),
                       hex("c3 00ffffff 01")}));
}

TEST(ChunkWriter, ChangesItsChunkSizeBehindTheMessageThatSaysSo) {
  ChunkWriter writer;
  ChunkReader reader;
  Bytes out;
  const std::vector<Message> messages = {set_chunk_size(4096), video(1, Bytes(5000, 7)),
                                         video(0x2000000, Bytes(9000, 8)), audio(3, {})};
  for (const Message& message : messages) {
    writer.write(4, message, out);
  }
  const auto back = read_in_pieces(reader, out, 1000);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, messages);
}

}  // namespace
}  // namespace estrad::ingest::rtmp
