#include "pipeline/flv_reader.h"

#include <gtest/gtest.h>

#include "flv_bytes.h"

namespace estrad::pipeline {
namespace {

constexpr std::uint8_t kAudio = 8;
constexpr std::uint8_t kVideo = 9;
constexpr std::uint8_t kScript = 18;

const Bytes kAvcHeader = {0x17, 0, 0, 0, 0, 1, 0x64, 0, 0x1f, 0xff, 0xe1, 0, 0};
const Bytes kKeyframe = {0x17, 1, 0, 0, 80, 0, 0, 0, 1, 0x65};

std::vector<FlvItem> read_all(FlvReader& reader, const Bytes& bytes) {
  reader.push(bytes);
  std::vector<FlvItem> items;
  for (auto item = reader.next(); item && *item; item = reader.next()) {
    items.push_back(std::move(**item));
  }
  return items;
}

Bytes joined(std::initializer_list<Bytes> pieces) {
  Bytes all;
  for (const Bytes& piece : pieces) {
    ByteWriter(all).append(piece);
  }
  return all;
}

TEST(FlvReader, ReadsHeadersAndFramesAsTheyCome) {
  const Bytes stream = joined(
      {flv_header(), flv_tag(kVideo, 0, kAvcHeader), flv_tag(kAudio, 0, Bytes{0xAF, 0, 0x12, 0x10}),
       flv_tag(kVideo, 40, kKeyframe), flv_tag(kAudio, 43, Bytes{0xAF, 1, 1, 2, 3})});
  FlvReader reader;
  std::vector<FlvItem> items;
  for (const std::uint8_t byte : stream) {
    for (FlvItem& item : read_all(reader, {byte})) {
      items.push_back(std::move(item));
    }
  }
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(std::get<FlvVideoHeader>(items[0]).configuration.size(), 8U);
  EXPECT_EQ(std::get<FlvAudioHeader>(items[1]).configuration, (Bytes{0x12, 0x10}));
  const auto& frame = std::get<FlvVideoFrame>(items[2]);
  EXPECT_EQ(frame.timestamp_ms, 40U);
  EXPECT_EQ(frame.composition_ms, 80);
  EXPECT_TRUE(frame.is_keyframe);
  EXPECT_EQ(std::get<FlvAudioFrame>(items[3]).data, (Bytes{1, 2, 3}));
}

TEST(FlvReader, TimeStampsHave32BitsAndCompositionHasASign) {
  FlvReader reader;
  const Bytes late = {0x27, 1, 0xff, 0xff, 0xd8, 0, 0, 0, 1, 0x41};
  const auto items = read_all(reader, joined({flv_header(), flv_tag(kVideo, 0xFFFFFFF0, late)}));
  const auto& frame = std::get<FlvVideoFrame>(items.at(0));
  EXPECT_EQ(frame.timestamp_ms, 0xFFFFFFF0U);
  EXPECT_EQ(frame.composition_ms, -40);
  EXPECT_FALSE(frame.is_keyframe);
}

TEST(FlvReader, AHeaderInTheMiddleIsTakenAgain) {
  FlvReader reader;
  const auto items = read_all(reader, joined({flv_header(), flv_tag(kVideo, 0, kAvcHeader),
                                              flv_header(), flv_tag(kVideo, 0, kKeyframe)}));
  EXPECT_EQ(items.size(), 2U);
}

TEST(FlvReader, BrokenAndUnknownPacketsArePassedOver) {
  FlvReader reader;
  const auto items = read_all(
      reader,
      joined({flv_header(), flv_tag(kVideo, 0, {}), flv_tag(kVideo, 0, Bytes{0x17}),
              flv_tag(kAudio, 0, Bytes{0xAF}), flv_tag(kAudio, 0, Bytes{0x2F, 1, 2}),
              flv_tag(kVideo, 0, Bytes{0x91, 'h', 'v', 'c', '1'}), flv_tag(15, 0, Bytes{1, 2, 3}),
              flv_tag(kScript, 0, Bytes{2, 0xff, 0xff}), flv_tag(kVideo, 0, kKeyframe)}));
  ASSERT_EQ(items.size(), 8U);
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_TRUE(std::holds_alternative<FlvIgnored>(items[i])) << i;
  }
  EXPECT_STREQ(std::get<FlvIgnored>(items[3]).codec_name, "MP3");
  EXPECT_STREQ(std::get<FlvIgnored>(items[4]).codec_name, "Enhanced RTMP video");
  EXPECT_TRUE(std::holds_alternative<FlvVideoFrame>(items[7]));
}

TEST(FlvReader, TheFrameRateIsReadOffOddMetadata) {
  Bytes payload;
  ByteWriter out(payload);
  const auto string = [&out](std::string_view text) {
    out.u16(static_cast<std::uint16_t>(text.size()));
    out.append(text);
  };
  out.u8(2);
  string("@setDataFrame");
  out.u8(2);
  string("onMetaData");
  out.u8(8);
  out.u32(0xFFFFFFFF);  // a count that lies
  string("encoder");
  out.u8(2);
  string("odd");
  string("stereo");
  out.u8(1);
  out.u8(1);
  string("framerate");
  out.u8(0);
  out.f64(25);
  FlvReader reader;
  const auto items = read_all(reader, joined({flv_header(), flv_tag(kScript, 0, payload)}));
  EXPECT_EQ(std::get<FlvMetadata>(items.at(0)).frame_rate, 25);
}

TEST(FlvReader, WhatIsNotFlvIsAnError) {
  FlvReader reader;
  reader.push(as_bytes("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_FALSE(reader.next());
  reader.push(flv_header());
  EXPECT_FALSE(reader.next());
}

TEST(FlvReader, ATagBeyondTheLimitIsAnError) {
  FlvReader reader;
  reader.push(joined({flv_header(), Bytes{9, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0}}));
  EXPECT_FALSE(reader.next());
}

}  // namespace
}  // namespace estrad::pipeline
