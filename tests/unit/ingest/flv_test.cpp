#include <gtest/gtest.h>

#include "ingest/flv/feed_time.h"
#include "ingest/flv/packet.h"
#include "ingest/flv/tag.h"
#include "unit/ingest/hex.h"

namespace estrad::ingest::flv {
namespace {

using test::hex;

TEST(FlvTag, IsWrittenAsTheSpecificationSays) {
  Bytes out;
  write_file_header(out);
  EXPECT_EQ(out, hex("464c56 01 05 00000009 00000000"));
  out.clear();
  write_tag(TagType::kVideo, 0x12345678, hex("17 01"), out);
  EXPECT_EQ(out, hex("09 000002 345678 12 000000 1701 0000000d"));
}

TEST(FlvPacket, KnowsLegacyVideo) {
  EXPECT_EQ(look_at_video(hex("17 00 000000")), (Packet{PacketKind::kCodecHeader}));
  EXPECT_EQ(look_at_video(hex("17 01 000000")), (Packet{PacketKind::kKeyframe}));
  EXPECT_EQ(look_at_video(hex("27 01 000000")), (Packet{PacketKind::kOther}));
  EXPECT_EQ(look_at_video(hex("17 02 000000")), (Packet{PacketKind::kOther}));
  EXPECT_EQ(look_at_video(hex("1c 00 000000")), (Packet{PacketKind::kCodecHeader}));
  EXPECT_EQ(look_at_video(hex("12 84")), (Packet{PacketKind::kKeyframe}));
}

TEST(FlvPacket, KnowsEnhancedVideo) {
  EXPECT_EQ(look_at_video(hex("90 68766331")), (Packet{PacketKind::kCodecHeader}));
  EXPECT_EQ(look_at_video(hex("91 68766331")), (Packet{PacketKind::kKeyframe}));
  EXPECT_EQ(look_at_video(hex("93 61763031")), (Packet{PacketKind::kKeyframe}));
  EXPECT_EQ(look_at_video(hex("a3 61763031")), (Packet{PacketKind::kOther}));
  EXPECT_EQ(look_at_video(hex("94 68766331")), (Packet{PacketKind::kColorInfo}));
  EXPECT_EQ(look_at_video(hex("92 68766331")), (Packet{PacketKind::kOther}));
}

TEST(FlvPacket, KnowsMultitrackVideo) {
  EXPECT_EQ(look_at_video(hex("96 00 61766331 02")), (Packet{PacketKind::kCodecHeader, 2}));
  EXPECT_EQ(look_at_video(hex("96 01 61766331 02")), (Packet{PacketKind::kKeyframe, 2}));
  EXPECT_EQ(look_at_video(hex("96 11 61766331 00")), (Packet{PacketKind::kKeyframe, kManyTracks}));
}

TEST(FlvPacket, LooksBehindModifiers) {
  EXPECT_EQ(look_at_video(hex("97 02 010203 01 68766331")), (Packet{PacketKind::kKeyframe}));
  EXPECT_EQ(look_at_video(hex("97 00 01 07 00 02 01 68766331")), (Packet{PacketKind::kKeyframe}));
  EXPECT_EQ(look_at_video(hex("97 ff ffff 01")), (Packet{PacketKind::kOther}));
}

TEST(FlvPacket, KnowsAudio) {
  EXPECT_EQ(look_at_audio(hex("af 00 1190")), (Packet{PacketKind::kCodecHeader}));
  EXPECT_EQ(look_at_audio(hex("af 01 21")), (Packet{PacketKind::kOther}));
  EXPECT_EQ(look_at_audio(hex("2f 00")), (Packet{PacketKind::kOther}));
  EXPECT_EQ(look_at_audio(hex("90 4f707573")), (Packet{PacketKind::kCodecHeader}));
  EXPECT_EQ(look_at_audio(hex("94 6d703461 00")), (Packet{PacketKind::kChannelLayout}));
  EXPECT_EQ(look_at_audio(hex("95 00 6d703461 01")), (Packet{PacketKind::kCodecHeader, 1}));
}

TEST(FlvPacket, TakesACutOffPacketForNothingSpecial) {
  for (const auto& bytes : {hex(""), hex("17"), hex("90"), hex("90 6876"), hex("96 00 61766331")}) {
    EXPECT_EQ(look_at_video(bytes).kind, PacketKind::kOther);
  }
  EXPECT_EQ(look_at_audio(hex("af")).kind, PacketKind::kOther);
}

TEST(FeedTime, KeepsTheTimesOfASenderThatStartsLow) {
  FeedTime time;
  EXPECT_EQ(time.next(23), 23U);
  EXPECT_EQ(time.next(0), 0U);
  EXPECT_EQ(time.next(46), 46U);
}

TEST(FeedTime, GoesOnWhereTheSenderWraps) {
  FeedTime time;
  EXPECT_EQ(time.next(0xFFFFFFF0), 60'000U);
  EXPECT_EQ(time.next(0x00000010), 60'032U);
  EXPECT_EQ(time.next(0xFFFFFFF8), 60'008U);
}

TEST(FeedTime, GoesOnAcrossOddWraps) {
  FeedTime wraps_at_31_bits;
  EXPECT_EQ(wraps_at_31_bits.next(0x7FFFFFF0), 60'000U);
  EXPECT_EQ(wraps_at_31_bits.next(0x00000010), 60'032U);
  EXPECT_EQ(wraps_at_31_bits.next(0x7FFFFFF8), 60'008U);
  FeedTime wraps_at_24_bits;
  EXPECT_EQ(wraps_at_24_bits.next(16'777'200), 16'777'200U);
  EXPECT_EQ(wraps_at_24_bits.next(20), 16'777'236U);
}

TEST(FeedTime, GoesOnFromWhereItWasWhenTheSenderStartsOver) {
  FeedTime time;
  EXPECT_EQ(time.next(10'000'000), 10'000'000U);
  EXPECT_EQ(time.next(20), 10'000'000U);
  EXPECT_EQ(time.next(60), 10'000'040U);
  EXPECT_EQ(time.next(3'000'000'000), 10'000'040U);
  EXPECT_EQ(time.next(100), 10'000'040U);
}

TEST(FeedTime, IsNotMovedByData) {
  FeedTime time;
  EXPECT_EQ(time.beside(5), 0U);
  EXPECT_EQ(time.next(1000), 1000U);
  EXPECT_EQ(time.beside(1010), 1010U);
  EXPECT_EQ(time.beside(3'000'000'000), 1000U);
  EXPECT_EQ(time.next(1020), 1020U);
}

}  // namespace
}  // namespace estrad::ingest::flv
