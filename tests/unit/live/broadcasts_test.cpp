#include "live/broadcasts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness.h"

namespace estrad::live {
namespace {

using test::FeedScript;
using ::testing::HasSubstr;
using webcast::Command;
using webcast::EventState;

class BroadcastsTest : public ::testing::Test {
 protected:
  BroadcastsTest() {
    stage_.id = "main";
    stage_.name = "Main stage";
    build();
    run_on_loop([this] { broadcasts_->restore({stage_}, {}); });
  }
  ~BroadcastsTest() override {
    run_on_loop([this] { broadcasts_.reset(); });
  }

  void build() {
    run_on_loop([this] {
      auto workers = std::make_unique<test::ScriptedWorkers>(loop_);
      workers_ = workers.get();
      BroadcastOptions options;
      options.tick = std::chrono::hours(1);  // the test moves the clock
      broadcasts_ = std::make_unique<Broadcasts>(loop_, clock_, options, store_, recording_,
                                                 publisher_, std::move(workers));
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
  /// Calls something with a reply, and gives the reply.
  template <typename T, typename Call>
  Result<T> ask_for(Call call) {
    Result<T> answer = fail(internal_error("no reply"));
    run_on_loop([&] { call([&answer](Result<T> result) { answer = std::move(result); }); });
    return answer;
  }
  webcast::Event create(webcast::StartMode start = webcast::StartMode::kManual,
                        webcast::Latency latency = webcast::Latency::kBalanced) {
    webcast::EventPlan plan;
    plan.slug = "budget-day";
    plan.title = "Budget day";
    plan.stage = "main";
    plan.start = start;
    plan.latency = latency;
    const auto event = ask_for<webcast::Event>([&](Reply<webcast::Event> reply) {
      broadcasts_->create_event(plan, EventState::kPlanned, std::move(reply));
    });
    EXPECT_TRUE(event) << event.error().message;
    id_ = event->id;
    return *event;
  }
  Result<webcast::Event> command(Command command) {
    return ask_for<webcast::Event>([&](Reply<webcast::Event> reply) {
      broadcasts_->command(id_, command, "", std::move(reply));
    });
  }
  EventState state() { return publisher_.events.at(id_)->event.state; }
  std::string take_address() { return publisher_.events.at(id_)->event.take_address; }

  void wait(milliseconds time) {
    for (milliseconds passed{0}; passed < time; passed += milliseconds(100)) {
      run_on_loop([this] {
        clock_.advance(milliseconds(100));
        broadcasts_->advance();
      });
    }
  }
  void connect(FeedId id) {
    feed_id_ = id;
    run_on_loop([&] {
      FeedStart start;
      start.id = id;
      start.stage = "main";
      start.protocol = "rtmp";
      start.container = "flv";
      broadcasts_->feed_started(start);
      broadcasts_->feed_headers(id, share("headers "));
      broadcasts_->feed_data(id, {share("before "), false});
      broadcasts_->feed_data(id, {share("keyframe "), true});
      ASSERT_FALSE(workers_->feeds.empty());
      feed_ = std::make_unique<FeedScript>(workers_->feeds.back());
      feed_->begin();
    });
  }
  void send(int half_seconds) {
    for (int i = 0; i < half_seconds; ++i) {
      run_on_loop([this] {
        clock_.advance(milliseconds(500));
        broadcasts_->feed_data(feed_id_, {share("more "), i_ % 4 == 0});
        feed_->half_second(clock_.wall());
        broadcasts_->advance();
        ++i_;
      });
    }
  }

  glib::EventLoop loop_{"live"};
  test::ManualClock clock_;
  test::MemoryStore store_;
  test::MemoryRecording recording_;
  test::MemoryPublisher publisher_;
  test::ScriptedWorkers* workers_ = nullptr;
  std::unique_ptr<Broadcasts> broadcasts_;
  webcast::Stage stage_;
  std::string id_;
  FeedId feed_id_ = 0;
  std::unique_ptr<FeedScript> feed_;
  int i_ = 0;
};

TEST_F(BroadcastsTest, GoesFromThePlanToTheRecordingAndBack) {
  create();
  connect(1);
  send(6);
  EXPECT_THAT(publisher_.playlist("preview-main/v720"), HasSubstr("#EXT-X-PART"));
  EXPECT_TRUE(recording_.takes.empty());

  ASSERT_TRUE(command(Command::kStart));
  EXPECT_EQ(store_.events[id_].state, EventState::kLive);
  EXPECT_EQ(feed_->script().cuts, 1);
  send(6);
  EXPECT_TRUE(publisher_.events[id_]->is_on_channel);
  EXPECT_THAT(publisher_.playlist(take_address() + "/v720"), HasSubstr("#EXT-X-PART"));
  EXPECT_EQ(workers_->feeds.size(), 1U);  // the same worker, backstage and on air

  ASSERT_TRUE(command(Command::kPause));
  send(4);
  ASSERT_TRUE(command(Command::kResume));
  send(6);

  const std::string take = take_address();
  ASSERT_TRUE(command(Command::kStop));
  EXPECT_EQ(state(), EventState::kReview);
  EXPECT_THAT(publisher_.playlist(take + "/v720"), HasSubstr("#EXT-X-ENDLIST"));
  EXPECT_FALSE(publisher_.events[id_]->is_on_channel);
  EXPECT_EQ(recording_.takes.begin()->second.closed, 1);

  ASSERT_TRUE(command(Command::kReopen));
  EXPECT_EQ(take_address(), take);
  send(6);
  EXPECT_EQ(recording_.takes.size(), 1U);
  EXPECT_EQ(recording_.takes.begin()->second.of(0).back()->run, 2U);
  EXPECT_TRUE(publisher_.events[id_]->is_on_channel);
}

TEST_F(BroadcastsTest, GivesAWorkerTheHeadersAndBeginsAtAKeyframe) {
  connect(1);
  run_on_loop([this] {
    const Bytes& input = feed_->script().input;
    EXPECT_EQ(as_text(input), "headers keyframe ");
  });
}

TEST_F(BroadcastsTest, MakesPartsAsLongAsTheEventsLatencyWantsBeforeItGoesLive) {
  connect(1);
  send(2);
  EXPECT_EQ(workers_->feeds.back()->order.part, milliseconds(500));
  create(webcast::StartMode::kManual, webcast::Latency::kLowest);
  run_on_loop([this] { broadcasts_->feed_data(feed_id_, {share("keyframe "), true}); });
  ASSERT_EQ(workers_->feeds.size(), 2U) << "another worker from the next keyframe on";
  EXPECT_EQ(workers_->feeds.back()->order.part, milliseconds(200));
  feed_ = std::make_unique<FeedScript>(workers_->feeds.back());
  feed_->begin();
  ASSERT_TRUE(command(Command::kStart));
  EXPECT_EQ(workers_->feeds.size(), 2U);
  EXPECT_EQ(recording_.takes.begin()->second.timing.part_target,
            std::chrono::microseconds(213'340));
}

TEST_F(BroadcastsTest, MeasuresWhatAStageTakesBeforeAnotherIsLetIn) {
  webcast::Stage other = stage_;
  other.id = "other";
  run_on_loop([&] { broadcasts_->put_stage(other); });
  const auto admit = [this](const std::string& stage) {
    Status answer;
    run_on_loop([&] { answer = broadcasts_->admit_feed(stage); });
    return answer;
  };
  EXPECT_TRUE(admit("other"));
  connect(1);
  EXPECT_FALSE(admit("other")) << "one processor, and a usual worker takes more than half of it";
  EXPECT_TRUE(admit("main")) << "a second connection of the same presenter";
  feed_->script().processor_time = milliseconds(400);
  wait(milliseconds(4'000));
  EXPECT_TRUE(admit("other")) << "a tenth of a processor";
  feed_->script().processor_time += milliseconds(3'600);
  wait(milliseconds(4'000));
  EXPECT_FALSE(admit("other"));
}

TEST_F(BroadcastsTest, ReplacesAWorkerThatDiesWhileThePresenterSends) {
  create();
  connect(1);
  ASSERT_TRUE(command(Command::kStart));
  send(6);
  run_on_loop([this] {
    feed_->exit(WorkerExit::Cause::kCrashed);
    broadcasts_->feed_data(1, {share("p-frame "), false});
    EXPECT_EQ(workers_->feeds.size(), 1U);
    broadcasts_->feed_data(1, {share("keyframe "), true});
    ASSERT_EQ(workers_->feeds.size(), 2U);
    EXPECT_THAT(workers_->feeds[1]->order.frozen, HasSubstr("v720"));
    feed_ = std::make_unique<FeedScript>(workers_->feeds[1]);
    feed_->begin();
  });
  wait(milliseconds(1'500));
  send(6);
  EXPECT_THAT(publisher_.playlist(take_address() + "/v720"), HasSubstr("#EXT-X-DISCONTINUITY\n"));
  EXPECT_EQ(state(), EventState::kLive);
}

TEST_F(BroadcastsTest, ReplacesAWorkerThatDoesNotRead) {
  connect(1);
  run_on_loop([this] {
    feed_->script().is_full = true;
    broadcasts_->feed_data(1, {share("more "), false});
    broadcasts_->feed_data(1, {share("keyframe "), true});
    EXPECT_EQ(workers_->feeds.size(), 2U);
  });
}

TEST_F(BroadcastsTest, WaitsLongerAfterEveryCrash) {
  connect(1);
  run_on_loop([this] {
    for (int i = 0; i < 20; ++i) {
      FeedScript(workers_->feeds.back()).exit(WorkerExit::Cause::kFailed);
      broadcasts_->feed_data(1, {share("keyframe "), true});
    }
    EXPECT_EQ(workers_->feeds.size(), 2U);
    clock_.advance(milliseconds(600));
    broadcasts_->feed_data(1, {share("keyframe "), true});
    EXPECT_EQ(workers_->feeds.size(), 3U);
  });
}

TEST_F(BroadcastsTest, StartsByItselfWhenAFeedComes) {
  create(webcast::StartMode::kOnFeed);
  EXPECT_EQ(state(), EventState::kPlanned);
  connect(1);
  test::settle(loop_);
  EXPECT_EQ(state(), EventState::kLive);
}

TEST_F(BroadcastsTest, DoesNothingThatCannotBeStored) {
  create();
  store_.outcome = fail(unavailable("database is locked"));
  EXPECT_FALSE(command(Command::kStart));
  EXPECT_EQ(state(), EventState::kPlanned);
  EXPECT_TRUE(recording_.takes.empty());
}

TEST_F(BroadcastsTest, SaysWhatIsAllowedInstead) {
  create();
  const auto refused = command(Command::kPause);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kConflict);
}

TEST_F(BroadcastsTest, GoesOnAfterARestart) {
  create();
  connect(1);
  ASSERT_TRUE(command(Command::kStart));
  send(6);
  const std::uint64_t last = recording_.takes.begin()->second.of(0).back()->msn;
  run_on_loop([this] {
    broadcasts_.reset();
    publisher_.tracks.clear();
  });
  build();
  run_on_loop([this] { broadcasts_->restore({stage_}, {store_.events[id_]}); });
  wait(milliseconds(1'500));
  EXPECT_EQ(state(), EventState::kLive);
  const auto newest = recording_.takes.begin()->second.of(0).back();
  EXPECT_GT(newest->msn, last);
  EXPECT_EQ(newest->run, 2U);
  EXPECT_THAT(publisher_.playlist(take_address() + "/v720"), HasSubstr("#EXT-X-PART"));
}

TEST_F(BroadcastsTest, ClosesTheRecordingWhenTheServerStopsButDoesNotEndTheEvent) {
  create();
  connect(1);
  ASSERT_TRUE(command(Command::kStart));
  send(6);
  bool is_done = false;
  run_on_loop([&] { broadcasts_->shut_down([&] { is_done = true; }); });
  EXPECT_TRUE(is_done);
  EXPECT_EQ(store_.events[id_].state, EventState::kLive);
  EXPECT_EQ(recording_.takes.begin()->second.closed, 1);
  EXPECT_THAT(publisher_.playlist(take_address() + "/v720"),
              ::testing::Not(HasSubstr("#EXT-X-ENDLIST")));
}

TEST_F(BroadcastsTest, TakesAQuestionToTheLog) {
  create();
  ASSERT_TRUE(command(Command::kOpenLobby));
  webcast::Asking asking;
  asking.text = "When is lunch?";
  const auto answer = ask_for<AskAnswer>(
      [&](Reply<AskAnswer> reply) { broadcasts_->ask(id_, asking, std::move(reply)); });
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_TRUE(answer->asked);
  const std::string question = answer->asked->question.id;
  EXPECT_TRUE(publisher_.console_says("When is lunch?"));
  EXPECT_EQ(publisher_.logs[id_]->state.find("lunch"), std::string::npos);

  webcast::QuestionChange approve;
  approve.state = webcast::QuestionState::kApproved;
  ASSERT_TRUE(ask_for<webcast::Question>([&](Reply<webcast::Question> reply) {
    broadcasts_->change_question(id_, question, approve, std::move(reply));
  }));
  EXPECT_THAT(publisher_.logs[id_]->state, HasSubstr("lunch"));
  wait(milliseconds(1'200));
  ASSERT_FALSE(publisher_.logs[id_]->pages.empty());
  EXPECT_THAT(publisher_.logs[id_]->pages.back().text, HasSubstr("lunch"));
  EXPECT_FALSE(store_.changes.back().pages.empty());  // stored before it was served

  ASSERT_TRUE(ask_for<webcast::Question>([&](Reply<webcast::Question> reply) {
    broadcasts_->withdraw_question(id_, question, answer->asked->secret, std::move(reply));
  }));
  EXPECT_EQ(publisher_.logs[id_]->state.find("lunch"), std::string::npos);
  for (const auto& page : publisher_.logs[id_]->pages) {
    EXPECT_EQ(page.text.find("lunch"), std::string::npos);
  }
}

TEST_F(BroadcastsTest, TakesNoQuestionThatCannotBeStored) {
  create();
  ASSERT_TRUE(command(Command::kOpenLobby));
  store_.outcome = fail(unavailable("disk full"));
  webcast::Asking asking;
  asking.text = "When is lunch?";
  EXPECT_FALSE(ask_for<AskAnswer>(
      [&](Reply<AskAnswer> reply) { broadcasts_->ask(id_, asking, std::move(reply)); }));
  const auto list =
      ask_for<std::vector<webcast::Question>>([&](Reply<std::vector<webcast::Question>> reply) {
        broadcasts_->list_questions(id_, std::nullopt, std::move(reply));
      });
  ASSERT_TRUE(list);
  EXPECT_TRUE(list->empty());
}

TEST_F(BroadcastsTest, ServesTheLogOfEveryEventWithAPage) {
  create();
  ASSERT_TRUE(publisher_.logs.contains(id_));
  const auto next = publisher_.logs[id_]->next_page;
  wait(milliseconds(20'200));
  EXPECT_EQ(publisher_.logs[id_]->next_page, next + 1);
}

TEST_F(BroadcastsTest, ClosesThePreviewOfAFeedThatIsGone) {
  connect(1);
  send(4);
  EXPECT_TRUE(publisher_.channels.contains("preview-main"));
  run_on_loop([this] { broadcasts_->feed_ended(1, "closed"); });
  run_on_loop([this] {
    EXPECT_TRUE(feed_->script().is_finished);
    feed_->exit(WorkerExit::Cause::kDone);
    clock_.advance(std::chrono::seconds(25));
    broadcasts_->advance();
  });
  EXPECT_FALSE(publisher_.channels.contains("preview-main"));
  const auto signal = ask_for<std::string>(
      [&](Reply<std::string> reply) { broadcasts_->stage_signal("main", std::move(reply)); });
  ASSERT_TRUE(signal);
  EXPECT_THAT(*signal, HasSubstr("\"connected\":false"));
}

}  // namespace
}  // namespace estrad::live
