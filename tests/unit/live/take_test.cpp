#include "live/take.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness.h"
#include "hls/ticks.h"
#include "live/tracks.h"

namespace estrad::live {
namespace {

using test::FeedScript;
using ::testing::HasSubstr;
using ::testing::Not;

/// A take with scripted workers, time moved by hand, recording and viewers in memory.
class TakeTest : public ::testing::Test {
 protected:
  TakeTest() { make_take(); }
  ~TakeTest() override {
    run_on_loop([this] { take_.reset(); });
  }

  void make_take() {
    TakeEvents events;
    events.tracks = [](const std::vector<pipeline::TrackInfo>&) {};
    events.wants_cut = [this] { ++cuts_; };
    events.bad_feed = [this](const std::string& why) { bad_feed_ = why; };
    events.source = [this](bool is_feed) { sources_.push_back(is_feed); };
    events.on_channel = [this] { ++opened_; };
    events.recording_health = [this](const Status& status) { health_.push_back(status); };
    run_on_loop([&] {
      take_ = std::make_unique<Take>(
          TakeParts{loop_, clock_, workers_, recording_, publisher_, Timing{}},
          TakeAddress{"event", "folder"}, "take", "Budget day", std::move(events));
    });
  }
  template <typename Task>
  void run_on_loop(Task task) {
    test::on_loop(loop_, [&] {
      task();
      return 0;
    });
    test::settle(loop_);
  }
  void begin(bool expects_feed) {
    run_on_loop([&] { take_->begin(feed_tracks(), expects_feed); });
  }
  static std::vector<pipeline::TrackInfo> feed_tracks() { return test::feed_tracks(); }
  void begin_run(std::uint64_t number) {
    run_.number = number;
    run_.part = Timing().part;
    run_.tracks = feed_tracks();
    run_.inits.clear();
    for (const auto& info : run_.tracks) {
      run_.inits.push_back(share(test::make_init("feed " + info.name)));
    }
    auto script = std::make_shared<test::ScriptedWorker::Script>();
    script->events.record = [this](const pipeline::Record& record) {
      if (const auto* part = std::get_if<pipeline::Part>(&record)) {
        take_->feed_part(run_, *part);
      }
    };
    feed_ = std::make_unique<FeedScript>(script);
  }
  /// The feed sends for so many half seconds.
  void send(int half_seconds) {
    for (int i = 0; i < half_seconds; ++i) {
      clock_step(milliseconds(500));
      run_on_loop([this] { feed_->half_second(clock_.wall()); });
    }
  }
  void clock_step(milliseconds by) {
    run_on_loop([&] {
      clock_.advance(by);
      take_->advance();
    });
  }
  void wait(milliseconds time) {
    for (milliseconds passed{0}; passed < time; passed += milliseconds(100)) {
      clock_step(milliseconds(100));
    }
  }
  const test::MemoryRecording::Written& written() { return recording_.takes["folder"]; }

  /// Every part begins where the one before it ends; at the switch from the slate to a feed, whose
  /// tracks begin together, less than two audio frames later.
  void expect_no_holes() {
    for (std::size_t track = 0; track < 3; ++track) {
      const std::uint32_t scale = track == 2 ? 48'000 : 90'000;
      const auto parts = written().of(track);
      for (std::size_t i = 1; i < parts.size(); ++i) {
        ASSERT_FALSE(parts[i]->is_gap);
        ASSERT_GE(parts[i]->decode_time, parts[i - 1]->end_time());
        const auto hole = hls::from_ticks(parts[i]->decode_time - parts[i - 1]->end_time(), scale);
        ASSERT_LT(hole, milliseconds(parts[i]->starts_discontinuity ? 43 : 1))
            << "track " << track << " part " << i;
      }
    }
  }

  glib::EventLoop loop_{"take"};
  test::ManualClock clock_;
  test::ScriptedWorkers workers_{loop_};
  test::MemoryRecording recording_;
  test::MemoryPublisher publisher_;
  std::unique_ptr<Take> take_;
  FeedRun run_;
  std::unique_ptr<FeedScript> feed_;
  int cuts_ = 0;
  int opened_ = 0;
  std::string bad_feed_;
  std::vector<bool> sources_;
  std::vector<Status> health_;
};

TEST_F(TakeTest, SendsTheFeedWithoutASlateBeforeIt) {
  begin(true);
  begin_run(1);
  send(8);
  EXPECT_EQ(opened_, 1);
  EXPECT_TRUE(take_->shows_feed());
  EXPECT_EQ(written().of(0).size(), 8U);
  EXPECT_THAT(publisher_.playlist("take/v720"), Not(HasSubstr("#EXT-X-DISCONTINUITY\n")));
  EXPECT_EQ(take_->media_ms(), 4'000);
}

TEST_F(TakeTest, ShowsTheSlateWhenThereIsNoFeed) {
  begin(false);
  wait(milliseconds(3'000));
  EXPECT_FALSE(take_->shows_feed());
  EXPECT_EQ(opened_, 1);
  EXPECT_GE(written().of(0).size(), 6U);
  EXPECT_LE(written().of(0).size(), 7U);
  expect_no_holes();
}

TEST_F(TakeTest, PutsTheSlateInWhenTheFeedFallsSilent) {
  begin(true);
  begin_run(1);
  send(6);
  wait(milliseconds(1'100));
  EXPECT_TRUE(take_->shows_feed());
  wait(milliseconds(300));
  EXPECT_FALSE(take_->shows_feed());
  // The silence is made up for at once.
  const auto media = *take_->media_ms();
  EXPECT_GE(media, 4'000);
  EXPECT_THAT(publisher_.playlist("take/v720"), HasSubstr("#EXT-X-DISCONTINUITY\n"));
  expect_no_holes();
}

TEST_F(TakeTest, ComesBackToTheFeedAtASegmentWithoutAHole) {
  begin(true);
  begin_run(1);
  send(6);
  run_on_loop([this] { take_->feed_run_ended(); });
  EXPECT_FALSE(take_->shows_feed());
  wait(milliseconds(1'700));
  begin_run(2);
  send(6);
  EXPECT_TRUE(take_->shows_feed());
  EXPECT_EQ(sources_, (std::vector<bool>{true, false, true}));
  expect_no_holes();
  // Feed, slate, feed: two discontinuities, on every track.
  for (std::size_t track = 0; track < 3; ++track) {
    EXPECT_EQ(written().of(track).back()->discontinuity_sequence, 2U);
  }
}

TEST_F(TakeTest, GoesOverToAnotherRunOfTheSameWorkerWithoutASlate) {
  begin(true);
  begin_run(1);
  send(5);
  begin_run(2);
  send(6);
  EXPECT_EQ(sources_, (std::vector<bool>{true}));
  EXPECT_EQ(bad_feed_, "");
  expect_no_holes();
  for (std::size_t track = 0; track < 3; ++track) {
    EXPECT_EQ(written().of(track).back()->discontinuity_sequence, 1U);
  }
}

TEST_F(TakeTest, KeepsTheTracksTogetherWhereverTheFeedBreaksOff) {
  for (int broken = 0; broken < 27; ++broken) {
    recording_.takes.clear();
    make_take();
    begin(true);
    wait(milliseconds(200));
    begin_run(static_cast<std::uint64_t>(broken) * 2 + 1);
    send(5);
    run_on_loop([&] {
      for (std::uint8_t track = 0; track < 3; ++track) {
        const int more = track == 0 ? broken % 3 : track == 1 ? broken / 3 % 3 : broken / 9;
        for (int i = 0; i < more; ++i) {
          feed_->part(track, clock_.wall());
        }
      }
      take_->feed_run_ended();
    });
    wait(milliseconds(2'300));
    begin_run(static_cast<std::uint64_t>(broken) * 2 + 2);
    send(5);
    expect_no_holes();
    const auto last = written().of(0).back()->msn;
    EXPECT_EQ(written().of(1).back()->msn, last);
    EXPECT_EQ(written().of(2).back()->msn, last);
  }
}

TEST_F(TakeTest, SendsNothingOfTheFeedWhilePaused) {
  begin(true);
  begin_run(1);
  send(4);
  run_on_loop([this] { take_->pause(); });
  send(6);
  const auto count = written().inits.size();
  EXPECT_FALSE(take_->shows_feed());
  run_on_loop([this] { take_->unpause(); });
  EXPECT_EQ(cuts_, 1);
  send(6);
  EXPECT_TRUE(take_->shows_feed());
  EXPECT_EQ(written().inits.size(), count + 3);  // the feed's again, after the slate's
  expect_no_holes();
}

TEST_F(TakeTest, EndsThePlaylistsAtOnceAndClosesTheRecording) {
  begin(true);
  begin_run(1);
  send(6);
  bool is_done = false;
  std::string at_once;
  run_on_loop([&] {
    take_->finish([&] { is_done = true; });
    at_once = publisher_.playlist("take/v720");
  });
  EXPECT_THAT(at_once, HasSubstr("#EXT-X-ENDLIST"));
  EXPECT_TRUE(is_done);
  EXPECT_EQ(written().closed, 1);
  EXPECT_THAT(publisher_.closed, ::testing::ElementsAre("take"));
}

TEST_F(TakeTest, GoesOnWhenTheDiskIsFull) {
  begin(true);
  begin_run(1);
  send(4);
  recording_.outcome = fail(unavailable("no space left"));
  send(4);
  EXPECT_EQ(take_->media_ms(), 4'000);
  ASSERT_EQ(health_.size(), 1U);  // reported once, not for each part
  EXPECT_FALSE(health_[0]);
  recording_.outcome = {};
  send(2);
  ASSERT_EQ(health_.size(), 2U);
  EXPECT_TRUE(health_[1]);
}

TEST_F(TakeTest, DoesNotWaitForADiskThatHangs) {
  begin(true);
  begin_run(1);
  send(4);
  recording_.is_stuck = true;
  send(8);
  EXPECT_GE(take_->media_ms(), 4'000);
  EXPECT_EQ(health_.size(), 1U);
}

TEST_F(TakeTest, ResumesATakeUnderANewRunWithTheSlate) {
  begin(true);
  begin_run(1);
  send(5);
  const auto last = written().of(0).back()->msn;
  make_take();
  run_on_loop([this] { take_->resume(false); });
  wait(milliseconds(1'200));
  const auto newest = written().of(0).back();
  EXPECT_GT(newest->msn, last);
  EXPECT_EQ(newest->run, 2U);
  EXPECT_EQ(newest->discontinuity_sequence, 1U);
}

TEST_F(TakeTest, GivesUpARunWithoutAllItsTracks) {
  begin(true);
  begin_run(1);
  run_on_loop([this] {
    for (int i = 0; i < 80 && bad_feed_.empty(); ++i) {
      feed_->part(0, clock_.wall());
    }
  });
  EXPECT_THAT(bad_feed_, HasSubstr("runs ahead"));
}

}  // namespace
}  // namespace estrad::live
