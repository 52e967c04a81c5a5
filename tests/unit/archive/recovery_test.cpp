#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "archive/archive.h"
#include "unit/archive/recording.h"

namespace estrad::archive {
namespace {

using test::Broadcast;
using test::kTake;
using test::text_of;
namespace fs = std::filesystem;

/// A server that was killed: two segments and a part of the third on both tracks, and nothing was
/// closed.
class Recovery : public testing::Test {
 protected:
  Recovery() {
    auto archive = Archive::open(folder_ / "archive").value();
    auto writer = archive->create(test::take_info()).value();
    Broadcast broadcast(writer->info(), *writer);
    broadcast.begin("feed");
    broadcast.segments(2);
    broadcast.part(0, 0);
    broadcast.part(1, 0);
  }

  [[nodiscard]] fs::path file(const std::string& name) const { return take() / name; }
  [[nodiscard]] fs::path take() const { return folder_ / "archive/budget-day/t4k3"; }
  void restore(const fs::path& copy) {
    fs::remove_all(take());
    fs::copy(copy, take(), fs::copy_options::recursive);
  }
  ResumedTake resume() {
    archive_ = Archive::open(folder_ / "archive").value();
    return archive_->resume(kTake, milliseconds(60'000)).value();
  }

  estrad::test::TemporaryFolder folder_;
  std::unique_ptr<Archive> archive_;
};

TEST_F(Recovery, NothingIsLostWhenOnlyTheServerDied) {
  auto resumed = resume();
  EXPECT_EQ(resumed.state.run, 2U);
  EXPECT_EQ(resumed.state.next_msn, 3U);
  EXPECT_EQ(resumed.state.tracks[0].end_time, 5U * 90000);
  EXPECT_EQ(resumed.state.tracks[1].end_time, 5U * 48000);
  EXPECT_EQ(resumed.state.tracks[0].segments.size(), 3U);
  EXPECT_EQ(resumed.state.tracks[0].segments.back()->parts.size(), 1U);
  EXPECT_EQ(*resumed.state.tracks[0].inits.at(1), test::make_init("feed"));
}

TEST_F(Recovery, LivePlaylistListsTheOldSegmentsUnderTheirOldRun) {
  auto resumed = resume();
  Broadcast broadcast(resumed);
  broadcast.begin("again");
  broadcast.segments(1);
  const auto snapshot = broadcast.timeline().snapshot(0);
  const std::string text = text_of(snapshot->playlist());
  EXPECT_NE(text.find("#EXTINF:0.999998,\n"
                      "v720/1-2.m4s\n"
                      "#EXT-X-DISCONTINUITY\n"
                      "#EXT-X-MAP:URI=\"v720/init-2.mp4\"\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("v720/2-3.m4s\n"), std::string::npos);
  EXPECT_EQ(snapshot->find(hls::SegmentName{1, 1}).state, hls::MediaLookup::State::kElsewhere);
  EXPECT_TRUE(archive_->read(kTake, "v720", hls::SegmentName{1, 1}));
  EXPECT_TRUE(archive_->read(kTake, "v720", hls::PartName{1, 2, 0}));
}

/// Cut anywhere, a file gives back every part but those that were hurt, and can be written on.
void expect_sound(Archive& archive, ResumedTake& resumed) {
  for (const auto& track : resumed.state.tracks) {
    EXPECT_EQ(track.segments.back()->info.msn + 1, resumed.state.next_msn);
  }
  Broadcast broadcast(resumed);
  broadcast.begin("again");
  broadcast.segments(1);
  test::must(resumed.writer->close());
  for (const char* track : {"v720", "a0"}) {
    const std::string text = text_of(archive.playlist(kTake, track).value());
    EXPECT_TRUE(text.ends_with(std::string(track) + "/2-3.m4s\n#EXT-X-ENDLIST\n")) << text;
    EXPECT_TRUE(archive.read(kTake, track, hls::SegmentName{1, 1}));
  }
}

TEST_F(Recovery, MediaTornAtAnyByteOfTheLastPart) {
  const auto whole = fs::file_size(file("v720-1.mp4"));
  fs::copy(take(), folder_ / "copy", fs::copy_options::recursive);
  for (auto size = whole - test::make_fragment(0, 100).size(); size < whole; ++size) {
    restore(folder_ / "copy");
    fs::resize_file(file("v720-1.mp4"), size);
    auto resumed = resume();
    // The video's part of segment 2 is gone: the audio's stands, the video has a gap.
    EXPECT_EQ(resumed.state.next_msn, 3U);
    EXPECT_TRUE(resumed.state.tracks[0].segments.back()->info.is_gap);
    EXPECT_EQ(resumed.state.tracks[0].end_time, 5U * 90000);
    expect_sound(*archive_, resumed);
  }
}

TEST_F(Recovery, IndexTornAtAnyByteOfTheLastRecord) {
  const auto whole = fs::file_size(file("v720.index"));
  fs::copy(take(), folder_ / "copy", fs::copy_options::recursive);
  for (auto size = whole - kRecordSize; size < whole; ++size) {
    restore(folder_ / "copy");
    fs::resize_file(file("v720.index"), size);
    auto resumed = resume();
    EXPECT_TRUE(resumed.state.tracks[0].segments.back()->info.is_gap);
    // The part without a record is cut off the media file as well.
    EXPECT_EQ(fs::file_size(file("v720-1.mp4")),
              test::make_init("feed").size() +
                  2 * (test::make_fragment(0, 100).size() + test::make_fragment(0, 101).size()));
    expect_sound(*archive_, resumed);
  }
}

TEST_F(Recovery, LastPartOfZerosAfterAPowerCut) {
  {
    std::fstream media(file("v720-1.mp4"), std::ios::in | std::ios::out | std::ios::binary);
    media.seekp(-50, std::ios::end);
    media.write(std::string(50, '\0').data(), 50);
  }
  auto resumed = resume();
  EXPECT_TRUE(resumed.state.tracks[0].segments.back()->info.is_gap);
  expect_sound(*archive_, resumed);
}

TEST_F(Recovery, PartWithoutARecordIsCutOff) {
  const auto whole = fs::file_size(file("v720-1.mp4"));
  std::ofstream(file("v720-1.mp4"), std::ios::app) << "half a part";
  auto resumed = resume();
  EXPECT_EQ(fs::file_size(file("v720-1.mp4")), whole);
  EXPECT_FALSE(resumed.state.tracks[0].segments.back()->info.is_gap);
}

TEST_F(Recovery, FileWithoutARecordIsRemoved) {
  std::ofstream(file("v720-2.mp4")) << "half an init segment";
  auto resumed = resume();
  EXPECT_FALSE(fs::exists(file("v720-2.mp4")));
  EXPECT_EQ(resumed.state.tracks[0].init, 1U);
}

TEST_F(Recovery, TakeThatHadNoMediaYetBeginsAtZero) {
  for (const char* name : {"v720.index", "a0.index", "v720-1.mp4", "a0-1.mp4"}) {
    fs::remove(file(name));
  }
  auto resumed = resume();
  EXPECT_EQ(resumed.state.next_msn, 0U);
  EXPECT_EQ(resumed.state.tracks[0].init, 0U);
  Broadcast broadcast(resumed);
  broadcast.begin("first");
  broadcast.segments(1);
  test::must(resumed.writer->close());
  EXPECT_EQ(text_of(archive_->playlist(kTake, "v720").value()).find("DISCONTINUITY"),
            std::string::npos);
}

TEST_F(Recovery, TwoCrashesInARowGiveTwoRuns) {
  EXPECT_EQ(resume().info.run, 2U);
  EXPECT_EQ(resume().info.run, 3U);
}

TEST_F(Recovery, EndedTakeIsCleanedAndClosed) {
  std::ofstream(file("v720-1.mp4"), std::ios::app) << "half a part";
  archive_ = Archive::open(folder_ / "archive").value();
  test::must(archive_->close_after_crash(kTake));
  EXPECT_EQ(archive_->info(kTake).value().state, TakeState::kClosed);
  EXPECT_EQ(archive_->info(kTake).value().run, 1U);
  EXPECT_TRUE(text_of(archive_->playlist(kTake, "v720").value())
                  .ends_with("#EXTINF:0.999998,\nv720/1-2.m4s\n#EXT-X-ENDLIST\n"));
}

TEST_F(Recovery, ForeignIndexIsRefusedAndNotTouched) {
  std::ofstream(file("v720.index"), std::ios::trunc) << std::string(200, 'x');
  archive_ = Archive::open(folder_ / "archive").value();
  const auto resumed = archive_->resume(kTake, milliseconds(60'000));
  ASSERT_FALSE(resumed);
  EXPECT_EQ(resumed.error().kind, ErrorKind::kMedia);
  EXPECT_NE(resumed.error().message.find("v720.index"), std::string::npos)
      << resumed.error().message;
  EXPECT_EQ(fs::file_size(file("v720.index")), 200U);
}

}  // namespace
}  // namespace estrad::archive
