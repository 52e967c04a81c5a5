#include "ingest/flv/remuxer.h"

#include <gtest/gtest.h>

#include "ingest/rtmp/amf0_writer.h"
#include "unit/ingest/hex.h"

namespace estrad::ingest::flv {
namespace {

using rtmp::Message;
using rtmp::MessageType;
using test::hex;
using test::join;

const Bytes kFileHeader = hex("464c56 01 05 00000009 00000000");

Message video(std::uint32_t at, const char* body) {
  return {MessageType::kVideo, 1, at, hex(body)};
}
Message audio(std::uint32_t at, const char* body) {
  return {MessageType::kAudio, 1, at, hex(body)};
}

Bytes script(std::initializer_list<rtmp::AmfValue> values) {
  Bytes body;
  for (const auto& value : values) {
    rtmp::write_amf(value, body);
  }
  return body;
}

Bytes tag(TagType type, std::uint32_t at, const Bytes& body) {
  Bytes out;
  write_tag(type, at, body, out);
  return out;
}

const Bytes* headers(const Remuxer::Output& output) {
  const auto* held = std::get_if<Remuxer::NewHeaders>(&output);
  return held == nullptr ? nullptr : held->bytes.get();
}
const FeedChunk* chunk(const Remuxer::Output& output) {
  return std::get_if<FeedChunk>(&output);
}

const rtmp::AmfValue kInfo = rtmp::AmfEcmaArray{{{"width", 1280.0}}};

TEST(Remuxer, TakesSetDataFrameOffAndKeepsTheMetadataAsAHeader) {
  Remuxer remuxer;
  remuxer.add({MessageType::kDataAmf0, 1, 0, script({"@setDataFrame", "onMetaData", kInfo})});
  const auto outputs = remuxer.take();
  const Bytes expected = tag(TagType::kScript, 0, script({"onMetaData", kInfo}));
  ASSERT_EQ(outputs.size(), 2U);
  EXPECT_EQ(*headers(outputs[0]), join({kFileHeader, expected}));
  EXPECT_EQ(*chunk(outputs[1])->bytes, expected);
  EXPECT_FALSE(chunk(outputs[1])->starts_with_keyframe);
}

TEST(Remuxer, HandsHeadersOnBeforeTheDataThatNeedThem) {
  Remuxer remuxer;
  remuxer.add(audio(0, "af 00 1190"));
  remuxer.add(video(0, "17 00 000000 01"));
  remuxer.add(video(0, "17 01 000000 aa"));
  remuxer.add(audio(10, "af 01 bb"));
  remuxer.add(video(40, "27 01 000000 cc"));
  const auto outputs = remuxer.take();
  ASSERT_EQ(outputs.size(), 5U);
  const Bytes audio_header = tag(TagType::kAudio, 0, hex("af 00 1190"));
  const Bytes video_header = tag(TagType::kVideo, 0, hex("17 00 000000 01"));
  EXPECT_EQ(*headers(outputs[0]), join({kFileHeader, audio_header}));
  EXPECT_EQ(*chunk(outputs[1])->bytes, audio_header);
  EXPECT_EQ(*headers(outputs[2]), join({kFileHeader, audio_header, video_header}));
  EXPECT_EQ(*chunk(outputs[3])->bytes, video_header);
  EXPECT_TRUE(chunk(outputs[4])->starts_with_keyframe);
  EXPECT_EQ(*chunk(outputs[4])->bytes, join({tag(TagType::kVideo, 0, hex("17 01 000000 aa")),
                                             tag(TagType::kAudio, 10, hex("af 01 bb")),
                                             tag(TagType::kVideo, 40, hex("27 01 000000 cc"))}));
}

TEST(Remuxer, SaysNothingNewWhenHeadersAreRepeated) {
  Remuxer remuxer;
  remuxer.add(video(0, "17 00 000000 01"));
  static_cast<void>(remuxer.take());
  remuxer.add(video(2000, "17 00 000000 01"));
  remuxer.add(video(2000, "17 01 000000 aa"));
  const auto repeated = remuxer.take();
  ASSERT_EQ(repeated.size(), 2U);
  EXPECT_NE(chunk(repeated[0]), nullptr);
  EXPECT_TRUE(chunk(repeated[1])->starts_with_keyframe);
  remuxer.add(video(4000, "17 00 000000 02"));
  const auto changed = remuxer.take();
  ASSERT_EQ(changed.size(), 2U);
  EXPECT_EQ(*headers(changed[0]),
            join({kFileHeader, tag(TagType::kVideo, 0, hex("17 00 000000 02"))}));
  EXPECT_EQ(*chunk(changed[1])->bytes, tag(TagType::kVideo, 4000, hex("17 00 000000 02")));
}

TEST(Remuxer, PassesEnhancedPacketsOnUntouched) {
  Remuxer remuxer;
  remuxer.add(video(0, "90 68766331 01"));
  remuxer.add(video(0, "94 68766331 02"));
  remuxer.add(video(0, "96 00 61766331 01 03"));
  remuxer.add(video(0, "93 68766331 aa"));
  remuxer.add(video(0, "96 03 61766331 01 bb"));
  const auto outputs = remuxer.take();
  ASSERT_EQ(outputs.size(), 7U);
  EXPECT_EQ(*headers(outputs[4]), join({kFileHeader, tag(TagType::kVideo, 0, hex("90 68766331 01")),
                                        tag(TagType::kVideo, 0, hex("96 00 61766331 01 03")),
                                        tag(TagType::kVideo, 0, hex("94 68766331 02"))}));
  EXPECT_TRUE(chunk(outputs[6])->starts_with_keyframe);
  EXPECT_EQ(*chunk(outputs[6])->bytes,
            join({tag(TagType::kVideo, 0, hex("93 68766331 aa")),
                  tag(TagType::kVideo, 0, hex("96 03 61766331 01 bb"))}));
}

TEST(Remuxer, LeavesOutWhatIsEmptyOrNoScript) {
  Remuxer remuxer;
  remuxer.add(video(0, ""));
  remuxer.add({MessageType::kDataAmf0, 1, 0, hex("ff")});
  remuxer.add({MessageType::kDataAmf0, 1, 0, script({"@setDataFrame"})});
  EXPECT_TRUE(remuxer.take().empty());
}

TEST(Remuxer, DoesNotKeepHeadersBeyondAllReason) {
  Remuxer remuxer;
  Message huge = video(0, "17 00 000000");
  huge.payload.resize(std::size_t{300} << 10);
  remuxer.add(huge);
  const auto outputs = remuxer.take();
  ASSERT_EQ(outputs.size(), 1U);
  EXPECT_NE(chunk(outputs[0]), nullptr);
}

}  // namespace
}  // namespace estrad::ingest::flv
