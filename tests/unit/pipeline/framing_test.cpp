#include "pipeline/framing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace estrad::pipeline {
namespace {

using ::testing::HasSubstr;

TrackList two_tracks() {
  TrackInfo video;
  video.name = "v720";
  video.codecs = "avc1.64001f";
  video.timescale = 90000;
  video.bitrate = 2'800'000;
  video.width = 1280;
  video.height = 720;
  video.frame_rate = 29.97;
  TrackInfo audio;
  audio.name = "a0";
  audio.kind = TrackKind::kAudio;
  audio.codecs = "mp4a.40.2";
  audio.timescale = 48000;
  audio.sample_rate = 48000;
  audio.channels = 2;
  audio.language = "sv";
  return {{video, audio}};
}

TrackList with_name(const std::string& name) {
  TrackList list = two_tracks();
  list.tracks[0].name = name;
  return list;
}

std::vector<Record> one_of_each() {
  Signal signal;
  signal.video_codec = "h264";
  signal.width = 1280;
  signal.frame_rate = 30;
  signal.audio_peak_db = -6.5;
  signal.warnings = {"The feed has no sound."};
  return {two_tracks(),
          InitSegment{1, {1, 2, 3}},
          Part{0, 7, 3, true, true, 1ULL << 40U, 45000, from_epoch_ms(1'773'147'600'123), {9, 8}},
          signal,
          Heartbeat{123'456'789'012},
          LogLine{log::Level::kWarning, "decoder: å"}};
}

std::vector<Record> decode_in_pieces(ByteView bytes, std::size_t piece) {
  RecordDecoder decoder;
  std::vector<Record> records;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    decoder.push(bytes.subspan(at, std::min(piece, bytes.size() - at)));
    for (auto record = decoder.next(); record.value(); record = decoder.next()) {
      records.push_back(**record);
    }
  }
  EXPECT_FALSE(decoder.has_rest());
  return records;
}

Bytes encode_all(const std::vector<Record>& records) {
  Bytes bytes;
  for (const Record& record : records) {
    ByteWriter(bytes).append(encode(record));
  }
  return bytes;
}

TEST(Framing, EveryRecordComesBackWhole) {
  const auto records = one_of_each();
  const Bytes bytes = encode_all(records);
  EXPECT_EQ(decode_in_pieces(bytes, bytes.size()), records);
}

TEST(Framing, RecordsMayComeByteByByte) {
  const auto records = one_of_each();
  EXPECT_EQ(decode_in_pieces(encode_all(records), 1), records);
}

TEST(Framing, ALengthBeyondTheLimitEndsTheStreamForGood) {
  RecordDecoder decoder;
  decoder.push(Bytes{0x7f, 0xff, 0xff, 0xff, 'P'});
  EXPECT_FALSE(decoder.next());
  decoder.push(encode(Heartbeat{}));
  EXPECT_FALSE(decoder.next());
}

TEST(Framing, APartOfATrackThatIsNotListedIsRefused) {
  RecordDecoder decoder;
  decoder.push(encode(two_tracks()));
  ASSERT_TRUE(decoder.next());
  decoder.push(encode(Part{2, 0, 0, true, false, 0, 1, {}, {1}}));
  const auto record = decoder.next();
  ASSERT_FALSE(record);
  EXPECT_THAT(record.error().message, HasSubstr("track 2"));
}

TEST(Framing, AnotherTrackListBeginsAnotherRun) {
  RecordDecoder decoder;
  decoder.push(encode(two_tracks()));
  ASSERT_TRUE(decoder.next());
  TrackList one = two_tracks();
  one.tracks.pop_back();
  decoder.push(encode(one));
  ASSERT_TRUE(decoder.next());
  decoder.push(encode(Part{1, 0, 0, true, false, 0, 1, {}, {1}}));
  EXPECT_FALSE(decoder.next());
}

TEST(Framing, NonsenseIsRefused) {
  const std::vector<Bytes> nonsense = {
      {0, 0, 0, 0},                 // no type
      {0, 0, 0, 1, 'X'},            // unknown type
      {0, 0, 0, 3, 'T', '{', '}'},  // no tracks
      {0, 0, 0, 3, 'T', '[', ']'},  // not an object
      {0, 0, 0, 2, 'P', 0},         // cut short
      {0, 0, 0, 2, 'B', 0},         // cut short
      encode(TrackList{}),          // empty list
      encode(with_name("../x")),    // a name that is a path
      encode(InitSegment{0, {1}}),  // before the track list
  };
  for (const Bytes& bytes : nonsense) {
    RecordDecoder decoder;
    decoder.push(bytes);
    EXPECT_FALSE(decoder.next()) << ::testing::PrintToString(bytes);
  }
}

TEST(Control, WordsComeBack) {
  EXPECT_EQ(control_line(Control::kCut), "{\"do\":\"cut\"}\n");
  EXPECT_EQ(parse_control("{\"do\":\"cut\"}").value(), Control::kCut);
  EXPECT_EQ(parse_control("{\"do\":\"stop\"}").value(), Control::kStop);
  EXPECT_FALSE(parse_control("{\"do\":\"dance\"}"));
  EXPECT_FALSE(parse_control("cut"));
}

}  // namespace
}  // namespace estrad::pipeline
