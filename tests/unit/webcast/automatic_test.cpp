#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "webcast/stage_choice.h"
#include "webcast/state_machine.h"

namespace estrad::webcast {
namespace {

using namespace std::chrono_literals;
using testing::Eq;

constexpr WallTime kNow = WallTime(milliseconds(1'773'147'600'000));
constexpr FeedPresence kFeed{true, kNow - 1min};
constexpr FeedPresence kNoFeed{false, kNow - 1min};

Event event_in(EventState state, WallTime since = kNow - 24h) {
  EventPlan plan;
  plan.slug = "budget-day";
  plan.title = "Budget day";
  plan.stage = "hall";
  return make_event(std::move(plan), state, since);
}

std::optional<Automatic> at(Command command, WallTime due) {
  return Automatic{command, due};
}

TEST(Automatic, OpensTheLobbyBeforeTheStart) {
  auto event = event_in(EventState::kPlanned);
  event.plan.starts_at = kNow + 1h;
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow), at(Command::kOpenLobby, kNow + 45min));
}

TEST(Automatic, OpensNoLobbyForAnEventWhoseTimeIsOver) {
  auto event = event_in(EventState::kPlanned);
  event.plan.starts_at = kNow - 2h;
  event.plan.ends_at = kNow - 1h;
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow), std::nullopt);
}

TEST(Automatic, AFeedStartsTheEventInsideItsWindow) {
  auto event = event_in(EventState::kPlanned);
  event.plan.start = StartMode::kOnFeed;
  event.plan.starts_at = kNow + 1h;
  event.plan.ends_at = kNow + 2h;
  EXPECT_EQ(next_automatic(event, kFeed, kNow), at(Command::kStart, kNow + 30min));
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow), at(Command::kOpenLobby, kNow + 45min));
  event.state = EventState::kLobby;
  EXPECT_EQ(next_automatic(event, kFeed, kNow), at(Command::kStart, kNow + 30min));
  EXPECT_EQ(next_automatic(event, kFeed, kNow + 2h), std::nullopt);
}

TEST(Automatic, AFeedStartsAnEventWithoutTimesAtOnce) {
  auto event = event_in(EventState::kPlanned);
  event.plan.start = StartMode::kOnFeed;
  const auto next = next_automatic(event, kFeed, kNow);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->command, Command::kStart);
  EXPECT_LE(next->due, kNow);
}

TEST(Automatic, AFeedNeverStartsAManualEvent) {
  EXPECT_EQ(next_automatic(event_in(EventState::kPlanned), kFeed, kNow), std::nullopt);
  EXPECT_EQ(next_automatic(event_in(EventState::kLobby), kFeed, kNow), std::nullopt);
}

TEST(Automatic, SilenceEndsABroadcastOnlyAfterItsTime) {
  auto event = event_in(EventState::kLive);
  event.plan.starts_at = kNow - 1h;
  event.plan.ends_at = kNow + 1h;
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow), at(Command::kStop, kNow + 90min));
  EXPECT_EQ(next_automatic(event, {false, kNow + 2h}, kNow + 2h),
            at(Command::kStop, kNow + 150min));
  EXPECT_EQ(next_automatic(event, kFeed, kNow + 3h), std::nullopt);
}

TEST(Automatic, SilenceEndsNothingWhilePausedOrWithoutATimeOrWhenStaffAloneEndIt) {
  auto event = event_in(EventState::kPaused);
  event.plan.starts_at = kNow - 3h;
  event.plan.ends_at = kNow - 2h;
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow), std::nullopt);
  event.state = EventState::kLive;
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow, {.end_after = 0ms}), std::nullopt);
  event.plan.ends_at.reset();
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow), std::nullopt);
}

TEST(Automatic, ThePauseDoesNotCountAsSilence) {
  auto event = event_in(EventState::kLive, kNow);
  event.plan.starts_at = kNow - 3h;
  event.plan.ends_at = kNow - 2h;
  EXPECT_EQ(next_automatic(event, {false, kNow - 1h}, kNow), at(Command::kStop, kNow + 30min));
}

TEST(Automatic, AnEndedEventSettlesAtOnce) {
  EXPECT_EQ(next_automatic(event_in(EventState::kEnded, kNow), kFeed, kNow),
            at(Command::kSettle, kNow));
}

TEST(Automatic, PublishesAndWithdrawsAtTheTimesOfThePlan) {
  auto event = event_in(EventState::kReview, kNow);
  event.plan.publish_at = kNow + 1h;
  event.plan.withdraw_at = kNow + 48h;
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow), at(Command::kPublish, kNow + 1h));
  const auto published = apply(event, Command::kPublish, kNow + 1h).value();
  EXPECT_EQ(next_automatic(published, kNoFeed, kNow + 2h), at(Command::kWithdraw, kNow + 48h));
}

TEST(Automatic, WithdrawsWhatShouldBeGoneAfterALongDowntime) {
  auto event = event_in(EventState::kReview, kNow);
  event.plan.publish_at = kNow + 1h;
  event.plan.withdraw_at = kNow + 2h;
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow + 3h), at(Command::kWithdraw, kNow + 2h));
  event.state = EventState::kWithdrawn;
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow + 3h), std::nullopt);
}

TEST(Automatic, StaffOverrideATimeThatHasPassed) {
  auto event = event_in(EventState::kPublished, kNow);
  event.plan.withdraw_at = kNow - 1h;
  EXPECT_EQ(next_automatic(event, kNoFeed, kNow), std::nullopt);
}

TEST(Automatic, NothingHappensToDraftsCancelledAndArchived) {
  for (const auto state : {EventState::kDraft, EventState::kCancelled, EventState::kArchived}) {
    auto event = event_in(state);
    event.plan.start = StartMode::kOnFeed;
    event.plan.starts_at = kNow - 1h;
    event.plan.publish_at = kNow + 1h;
    EXPECT_EQ(next_automatic(event, kFeed, kNow), std::nullopt) << to_string(state);
  }
}

Event on_feed(const char* id, EventState state, std::optional<WallTime> starts = {},
              std::optional<WallTime> ends = {}) {
  auto event = event_in(state);
  event.id = id;
  event.plan.slug = id;
  event.plan.start = StartMode::kOnFeed;
  event.plan.starts_at = starts;
  event.plan.ends_at = ends;
  return event;
}

TEST(StageChoice, TheEventOnAirKeepsTheStage) {
  auto live = on_feed("live", EventState::kPaused, kNow - 5h, kNow - 4h);
  live.plan.start = StartMode::kManual;
  EXPECT_THAT(event_on_stage({on_feed("lobby", EventState::kLobby), live}, "hall", kNow),
              Eq("live"));
}

TEST(StageChoice, TheLobbyComesBeforeThePlanned) {
  EXPECT_THAT(event_on_stage({on_feed("planned", EventState::kPlanned, kNow, kNow + 1h),
                              on_feed("lobby", EventState::kLobby, kNow + 5min, kNow + 1h)},
                             "hall", kNow),
              Eq("lobby"));
}

TEST(StageChoice, TheNextOpenWindowWins) {
  const std::vector<Event> events = {
      on_feed("over", EventState::kPlanned, kNow - 3h, kNow - 2h),
      on_feed("any-time", EventState::kPlanned),
      on_feed("second", EventState::kPlanned, kNow + 29min, kNow + 2h),
      on_feed("first", EventState::kPlanned, kNow + 10min, kNow + 20min),
      on_feed("later", EventState::kPlanned, kNow + 31min, kNow + 2h),
  };
  EXPECT_THAT(event_on_stage(events, "hall", kNow), Eq("first"));
  EXPECT_THAT(event_on_stage(events, "hall", kNow + 21min), Eq("second"));
  EXPECT_THAT(event_on_stage(events, "hall", kNow + 3h), Eq("any-time"));
  EXPECT_EQ(event_on_stage(events, "attic", kNow), std::nullopt);
}

TEST(StageChoice, NextOnTheStageIsWhatItShouldBePreparedForHoweverItStarts) {
  Event live = on_feed("live", EventState::kLive);
  Event lobby = on_feed("lobby", EventState::kLobby);
  lobby.plan.start = StartMode::kManual;
  Event soon = on_feed("soon", EventState::kPlanned, kNow + 1h, kNow + 2h);
  soon.plan.start = StartMode::kManual;
  const Event later = on_feed("later", EventState::kPlanned, kNow + 3h, kNow + 4h);
  const Event someday = on_feed("a-someday", EventState::kPlanned);
  EXPECT_EQ(next_on_stage({later, lobby, live}).value().id, live.id);
  EXPECT_EQ(next_on_stage({soon, lobby}).value().id, lobby.id);
  EXPECT_EQ(next_on_stage({someday, later, soon}).value().id, soon.id);
  EXPECT_FALSE(next_on_stage({}).has_value());
}

TEST(StageChoice, ManualEventsAreNeverNextInLine) {
  EXPECT_EQ(event_on_stage({event_in(EventState::kLobby)}, "hall", kNow), std::nullopt);
}

TEST(StageChoice, OneEventAtATimeIsOnAir) {
  auto live = event_in(EventState::kLive);
  auto next = event_in(EventState::kPlanned);
  EXPECT_TRUE(check_stage_is_free({live}, live));
  const auto busy = check_stage_is_free({live, next}, next);
  ASSERT_FALSE(busy);
  EXPECT_EQ(busy.error().kind, ErrorKind::kConflict);
  next.plan.stage = "attic";
  EXPECT_TRUE(check_stage_is_free({live, next}, next));
}

}  // namespace
}  // namespace estrad::webcast
