#include "archive/archive.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "unit/archive/recording.h"

namespace estrad::archive {
namespace {

using test::Broadcast;
using test::kTake;
using test::text_of;

class ArchiveTest : public testing::Test {
 protected:
  std::unique_ptr<TakeWriter> create() { return archive_->create(test::take_info()).value(); }
  std::string playlist(std::string_view track) {
    return text_of(archive_->playlist(kTake, track).value());
  }
  Result<SharedBytes> read(std::string_view track, const hls::MediaName& name) {
    return archive_->read(kTake, track, name);
  }

  estrad::test::TemporaryFolder folder_;
  std::unique_ptr<Archive> archive_ = Archive::open(folder_ / "archive").value();
};

constexpr const char* kTwoSegments =
    "#EXTM3U\n"
    "#EXT-X-VERSION:6\n"
    "#EXT-X-TARGETDURATION:2\n"
    "#EXT-X-PLAYLIST-TYPE:VOD\n"
    "#EXT-X-MEDIA-SEQUENCE:0\n"
    "#EXT-X-MAP:URI=\"v720/init-1.mp4\"\n"
    "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:00.000Z\n"
    "#EXTINF:1.999998,\n"
    "v720/1-0.m4s\n"
    "#EXTINF:1.999998,\n"
    "v720/1-1.m4s\n"
    "#EXT-X-ENDLIST\n";

TEST_F(ArchiveTest, RecordingIsThereAtOnceAfterItsEnd) {
  auto writer = create();
  Broadcast broadcast(writer->info(), *writer);
  broadcast.begin("feed");
  broadcast.segments(2);
  test::must(writer->close());
  EXPECT_EQ(playlist("v720"), kTwoSegments);
  EXPECT_EQ(archive_->info(kTake).value().state, TakeState::kClosed);
  EXPECT_EQ(archive_->summary(kTake).value().duration, std::chrono::seconds(4));
}

TEST_F(ArchiveTest, OpenTakeListsItsCompleteSegmentsAndGrows) {
  auto writer = create();
  Broadcast broadcast(writer->info(), *writer);
  broadcast.begin("feed");
  broadcast.segments(1);
  EXPECT_EQ(playlist("v720").find("1-1.m4s"), std::string::npos);
  broadcast.segments(1);
  broadcast.part(0, 0);
  EXPECT_EQ(playlist("v720"), kTwoSegments);
  test::must(writer->close());
  EXPECT_NE(playlist("v720").find("#EXTINF:0.999998,\nv720/1-2.m4s\n"), std::string::npos);
  // All tracks end with the same segment.
  EXPECT_NE(playlist("a0").find("#EXT-X-GAP\n#EXTINF:0.999998,\na0/1-2.m4s\n"), std::string::npos)
      << playlist("a0");
}

TEST_F(ArchiveTest, GivesTheSameBytesAsTheLivePlaylist) {
  auto writer = create();
  Broadcast broadcast(writer->info(), *writer);
  broadcast.begin("feed");
  broadcast.segments(3);
  const auto live = broadcast.timeline().snapshot(0);
  Bytes segment;
  for (std::uint32_t part = 0; part < 2; ++part) {
    const auto chunk = live->find(hls::PartName{1, 1, part}).chunks.at(0);
    EXPECT_EQ(*read("v720", hls::PartName{1, 1, part}).value(), *chunk);
    segment.insert(segment.end(), chunk->begin(), chunk->end());
  }
  EXPECT_EQ(*read("v720", hls::SegmentName{1, 1}).value(), segment);
  EXPECT_EQ(*read("v720", hls::InitName{1}).value(), test::make_init("feed"));
}

TEST_F(ArchiveTest, WhatIsNotThereIsNotFound) {
  auto writer = create();
  Broadcast broadcast(writer->info(), *writer);
  broadcast.begin("feed");
  broadcast.segments(1);
  broadcast.part(0, 0);
  const std::vector<hls::MediaName> names = {hls::InitName{2},       hls::SegmentName{2, 0},
                                             hls::SegmentName{1, 1}, hls::SegmentName{1, 99},
                                             hls::PartName{1, 0, 2}, hls::PartName{2, 0, 0},
                                             hls::PartName{1, 99, 0}};
  for (const hls::MediaName& name : names) {
    const auto bytes = read("v720", name);
    ASSERT_FALSE(bytes) << hls::to_string(name);
    EXPECT_EQ(bytes.error().kind, ErrorKind::kNotFound);
  }
  EXPECT_FALSE(read("v999", hls::InitName{1}));
  EXPECT_EQ(archive_->playlist({"budget-day", "other"}, "v720").error().kind, ErrorKind::kNotFound);
}

TEST_F(ArchiveTest, NamesNeverLeaveTheFolder) {
  for (const TakeAddress& address :
       {TakeAddress{"..", "t"}, TakeAddress{"a/b", "t"}, TakeAddress{"a", ""},
        TakeAddress{"a", ".."}, TakeAddress{std::string(81, 'a'), "t"}}) {
    EXPECT_EQ(archive_->info(address).error().kind, ErrorKind::kNotFound);
    EXPECT_FALSE(archive_->remove(address));
    TakeInfo info = test::take_info();
    info.address = address;
    EXPECT_FALSE(archive_->create(info));
  }
}

TEST_F(ArchiveTest, EverySourceHasItsOwnFile) {
  auto writer = create();
  Broadcast broadcast(writer->info(), *writer);
  broadcast.begin("feed");
  broadcast.segments(1);
  broadcast.begin("slate");
  broadcast.segments(1);
  test::must(writer->close());
  EXPECT_NE(playlist("v720").find("v720/1-0.m4s\n"
                                  "#EXT-X-DISCONTINUITY\n"
                                  "#EXT-X-MAP:URI=\"v720/init-2.mp4\"\n"
                                  "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:02.000Z\n"
                                  "#EXTINF:1.999998,\n"
                                  "v720/1-1.m4s\n"),
            std::string::npos)
      << playlist("v720");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "archive/budget-day/t4k3/v720-2.mp4"));
  EXPECT_EQ(*read("v720", hls::InitName{2}).value(), test::make_init("slate"));
}

TEST_F(ArchiveTest, ReopenedTakeGoesOnUnderTheNextRun) {
  auto writer = create();
  {
    Broadcast broadcast(writer->info(), *writer);
    broadcast.begin("feed");
    broadcast.segments(2);
  }
  test::must(writer->close());
  EXPECT_EQ(playlist("v720"), kTwoSegments);
  auto resumed = archive_->resume(kTake, milliseconds(60'000)).value();
  EXPECT_EQ(resumed.info.run, 2U);
  EXPECT_EQ(resumed.state.next_msn, 2U);
  Broadcast broadcast(resumed);
  broadcast.begin("feed");
  broadcast.segments(1);
  test::must(resumed.writer->close());
  EXPECT_NE(playlist("v720").find("v720/1-1.m4s\n"
                                  "#EXT-X-DISCONTINUITY\n"
                                  "#EXT-X-PROGRAM-DATE-TIME:2026-03-10T13:00:04.000Z\n"
                                  "#EXTINF:1.999998,\n"
                                  "v720/2-2.m4s\n"),
            std::string::npos)
      << playlist("v720");
  EXPECT_TRUE(read("v720", hls::SegmentName{2, 2}));
  EXPECT_FALSE(read("v720", hls::SegmentName{1, 2}));
}

TEST_F(ArchiveTest, HoleInTheRecordingKeepsTheMediaSequence) {
  auto writer = create();
  Broadcast broadcast(writer->info(), *writer);
  broadcast.begin("feed");
  broadcast.segments(1);
  hls::Part part;
  part.msn = 3;
  part.decode_time = 6 * 90000;
  part.duration = 180000;
  part.is_last = true;
  part.bytes = share(test::make_fragment(part.decode_time));
  test::must(writer->append(0, part));
  test::must(writer->close());
  EXPECT_NE(playlist("v720").find("v720/1-0.m4s\n"
                                  "#EXT-X-GAP\n#EXTINF:1.999998,\nv720/1-1.m4s\n"
                                  "#EXT-X-GAP\n#EXTINF:1.999998,\nv720/1-2.m4s\n"
                                  "#EXTINF:1.999998,\nv720/1-3.m4s\n"),
            std::string::npos)
      << playlist("v720");
}

TEST_F(ArchiveTest, MultivariantHasMeasuredRates) {
  auto writer = create();
  Broadcast broadcast(writer->info(), *writer);
  broadcast.begin("feed");
  broadcast.segments(6);
  test::must(writer->close());
  const std::string text = text_of(archive_->multivariant(kTake, "t4k3/").value());
  EXPECT_NE(text.find("t4k3/v720.m3u8\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("BANDWIDTH=2628000"), std::string::npos) << text;
}

TEST_F(ArchiveTest, TakesOfAnEventAreListedAndRemoved) {
  auto first = create();
  TakeInfo later = test::take_info();
  later.address.take = "a-later-one";
  later.started_at += std::chrono::hours(1);
  auto second = archive_->create(later).value();
  EXPECT_EQ(archive_->create(later).error().kind, ErrorKind::kConflict);
  EXPECT_EQ(archive_->takes("budget-day").value(),
            (std::vector<TakeAddress>{kTake, later.address}));
  first.reset();
  test::must(archive_->remove(kTake));
  EXPECT_EQ(archive_->takes("budget-day").value(), std::vector<TakeAddress>{later.address});
  EXPECT_TRUE(archive_->takes("nothing").value().empty());
}

TEST_F(ArchiveTest, TellsTheSpaceOfItsDisk) {
  const DiskSpace space = archive_->space().value();
  EXPECT_GT(space.total_bytes, 0U);
  EXPECT_GE(space.total_bytes, space.free_bytes);
}

TEST(ArchiveOpen, SaysWhatIsWrongWithItsFolder) {
  const estrad::test::TemporaryFolder folder;
  std::ofstream(folder / "file") << "x";
  const auto archive = Archive::open(folder / "file" / "archive");
  ASSERT_FALSE(archive);
  EXPECT_NE(archive.error().message.find("file/archive"), std::string::npos)
      << archive.error().message;
}

TEST(ArchiveOpen, FullDiskIsAnErrorThatSaysHowToMendIt) {
  const auto file = File::open("/dev/full", File::Mode::kWrite).value();
  const auto written = file->write(0, as_bytes("x"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(written.error().message.find("/dev/full"), std::string::npos);
  EXPECT_NE(written.error().message.find("free some space"), std::string::npos)
      << written.error().message;
}

TEST(TakeJson, RoundTripsAndNamesWhatIsWrong) {
  const TakeInfo info = test::take_info();
  const auto back = parse_take(to_json(info), info.address).value();
  EXPECT_EQ(back.tracks, info.tracks);
  EXPECT_EQ(back.timing, info.timing);
  EXPECT_EQ(back.started_at, info.started_at);
  EXPECT_FALSE(parse_take("{", info.address));
  EXPECT_FALSE(parse_take("{\"version\":2}", info.address));
  EXPECT_NE(parse_take("{\"version\":1}", info.address).error().message.find("started_at_ms"),
            std::string::npos);
}

}  // namespace
}  // namespace estrad::archive
