#include "webcast/state_machine.h"

#include <map>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace estrad::webcast {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr WallTime kNow = WallTime(milliseconds(1'773'147'600'000));  // 2026-03-10T13:00:00Z

Event event_in(EventState state) {
  EventPlan plan;
  plan.slug = "budget-day";
  plan.title = "Budget day";
  plan.stage = "hall";
  Event event = make_event(std::move(plan), state, kNow - 1h);
  if (state != EventState::kDraft && state != EventState::kPlanned) {
    event.take_folder = "folder";
    event.take_address = "address";
  }
  return event;
}

/// The table of the contract, written down a second time.
const std::map<std::pair<EventState, Command>, EventState>& table() {
  using enum EventState;
  static const std::map<std::pair<EventState, Command>, EventState> moves = {
      {{kDraft, Command::kPublish}, kPlanned},
      {{kPlanned, Command::kOpenLobby}, kLobby},
      {{kPlanned, Command::kStart}, kLive},
      {{kLobby, Command::kStart}, kLive},
      {{kPlanned, Command::kCancel}, kCancelled},
      {{kLobby, Command::kCancel}, kCancelled},
      {{kCancelled, Command::kReinstate}, kPlanned},
      {{kLive, Command::kPause}, kPaused},
      {{kPaused, Command::kResume}, kLive},
      {{kLive, Command::kStop}, kEnded},
      {{kPaused, Command::kStop}, kEnded},
      {{kEnded, Command::kSettle}, kReview},
      {{kEnded, Command::kReopen}, kLive},
      {{kReview, Command::kReopen}, kLive},
      {{kPublished, Command::kReopen}, kLive},
      {{kReview, Command::kPublish}, kPublished},
      {{kWithdrawn, Command::kPublish}, kPublished},
      {{kReview, Command::kWithdraw}, kWithdrawn},
      {{kPublished, Command::kWithdraw}, kWithdrawn},
      {{kPublished, Command::kArchive}, kArchived},
      {{kWithdrawn, Command::kArchive}, kArchived},
  };
  return moves;
}

class EveryCell : public testing::TestWithParam<std::tuple<EventState, Command>> {};

TEST_P(EveryCell, IsAsTheTableSays) {
  const auto [state, command] = GetParam();
  const auto before = event_in(state);
  const auto after = apply(before, command, kNow);
  const auto expected = table().find({state, command});
  if (expected == table().end()) {
    ASSERT_FALSE(after);
    EXPECT_EQ(after.error().kind, ErrorKind::kConflict);
    EXPECT_THAT(after.error().message, HasSubstr(std::string(to_string(state))));
    for (const Command allowed : allowed_commands(state)) {
      EXPECT_THAT(after.error().message, HasSubstr(std::string(to_string(allowed))));
    }
    return;
  }
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(after->state, expected->second);
  EXPECT_EQ(after->state_since, kNow);
  EXPECT_EQ(after->version, before.version + 1);
}

INSTANTIATE_TEST_SUITE_P(StateMachine, EveryCell,
                         testing::Combine(testing::ValuesIn(kEventStates),
                                          testing::ValuesIn(kCommands)),
                         [](const auto& cell) {
                           return std::string(to_string(std::get<0>(cell.param))) + "_" +
                                  std::string(to_string(std::get<1>(cell.param)));
                         });

TEST(StateMachine, NamesEveryStateAndCommandBothWays) {
  for (const EventState state : kEventStates) {
    EXPECT_EQ(parse_event_state(to_string(state)), state);
  }
  for (const Command command : kCommands) {
    const bool is_internal = command == Command::kSettle || command == Command::kArchive;
    EXPECT_EQ(parse_command(to_string(command)),
              is_internal ? std::nullopt : std::optional(command));
  }
  EXPECT_EQ(parse_event_state("LIVE"), std::nullopt);
}

TEST(StateMachine, GoLiveNamesTheTakeOnce) {
  const auto live = apply(event_in(EventState::kPlanned), Command::kStart, kNow).value();
  EXPECT_EQ(live.take_folder.size(), 16U);
  EXPECT_EQ(live.take_address.size(), 26U);
  EXPECT_EQ(live.started_at, kNow);
  const auto paused = apply(live, Command::kPause, kNow + 1min).value();
  const auto resumed = apply(paused, Command::kResume, kNow + 2min).value();
  EXPECT_EQ(resumed.take_folder, live.take_folder);
  EXPECT_EQ(resumed.started_at, kNow);
}

TEST(StateMachine, ReopenGoesOnInTheSameTakeUnderTheSameAddress) {
  const auto live = apply(event_in(EventState::kPlanned), Command::kStart, kNow).value();
  const auto ended = apply(live, Command::kStop, kNow + 1h).value();
  EXPECT_EQ(ended.ended_at, kNow + 1h);
  const auto review = apply(ended, Command::kSettle, kNow + 1h).value();
  const auto again = apply(review, Command::kReopen, kNow + 61min).value();
  EXPECT_EQ(again.take_folder, live.take_folder);
  EXPECT_EQ(again.take_address, live.take_address);
  EXPECT_EQ(again.started_at, kNow);
  EXPECT_EQ(again.ended_at, std::nullopt);
}

TEST(StateMachine, AWithdrawalGivesTheTakeANewAddress) {
  const auto withdrawn = apply(event_in(EventState::kPublished), Command::kWithdraw, kNow).value();
  EXPECT_NE(withdrawn.take_address, "address");
  EXPECT_EQ(withdrawn.take_address.size(), 26U);
  EXPECT_EQ(withdrawn.take_folder, "folder");
}

TEST(StateMachine, CancelKeepsItsMessageAndIsUndone) {
  const auto cancelled =
      apply(event_in(EventState::kPlanned), Command::kCancel, kNow, " The speaker is ill. ")
          .value();
  EXPECT_EQ(cancelled.cancel_message, "The speaker is ill.");
  const auto again = apply(cancelled, Command::kReinstate, kNow).value();
  EXPECT_EQ(again.state, EventState::kPlanned);
  EXPECT_EQ(again.cancel_message, "");
}

TEST(StateMachine, AnEventWithoutAStageCannotStart) {
  auto event = event_in(EventState::kPlanned);
  event.plan.stage.clear();
  const auto started = apply(event, Command::kStart, kNow);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().field, "stage");
}

TEST(StateMachine, SettlesAsThePlanSays) {
  auto event = event_in(EventState::kEnded);
  EXPECT_EQ(apply(event, Command::kSettle, kNow)->state, EventState::kReview);
  event.plan.publish = PublishMode::kAuto;
  EXPECT_EQ(apply(event, Command::kSettle, kNow)->state, EventState::kPublished);
  event.plan.publish_at = kNow + 1h;
  EXPECT_EQ(apply(event, Command::kSettle, kNow)->state, EventState::kReview);
  event.plan.publish_at = kNow - 2h;
  event.plan.withdraw_at = kNow - 1h;
  EXPECT_EQ(apply(event, Command::kSettle, kNow)->state, EventState::kWithdrawn);
}

TEST(StateMachine, TellsWhatStaffMayOrder) {
  EXPECT_THAT(allowed_commands(EventState::kLive), ElementsAre(Command::kPause, Command::kStop));
  EXPECT_THAT(allowed_commands(EventState::kReview),
              ElementsAre(Command::kPublish, Command::kReopen, Command::kWithdraw));
  EXPECT_THAT(allowed_commands(EventState::kArchived), IsEmpty());
}

TEST(MediaAccess, IsAsTheContractSaysInEveryState) {
  using enum EventState;
  const std::map<EventState, MediaAccess> expected = {
      {kDraft, MediaAccess::kNobodyYet},    {kPlanned, MediaAccess::kNobodyYet},
      {kLobby, MediaAccess::kNobodyYet},    {kCancelled, MediaAccess::kNobodyYet},
      {kLive, MediaAccess::kEveryone},      {kPaused, MediaAccess::kEveryone},
      {kEnded, MediaAccess::kStaffOnly},    {kReview, MediaAccess::kStaffOnly},
      {kPublished, MediaAccess::kEveryone}, {kWithdrawn, MediaAccess::kStaffOnly},
      {kArchived, MediaAccess::kStaffOnly},
  };
  for (const EventState state : kEventStates) {
    EXPECT_EQ(media_access(event_in(state)), expected.at(state)) << to_string(state);
  }
}

TEST(MediaAccess, StaysOpenWhileAnAutomaticPublishingSettles) {
  auto event = event_in(EventState::kEnded);
  event.plan.publish = PublishMode::kAuto;
  EXPECT_EQ(media_access(event), MediaAccess::kEveryone);
}

TEST(MediaAccess, AsksForASeatWhereTheEventDoes) {
  auto event = event_in(EventState::kLive);
  event.plan.access = Access::kSeats;
  EXPECT_EQ(media_access(event), MediaAccess::kSeatHolders);
}

}  // namespace
}  // namespace estrad::webcast
