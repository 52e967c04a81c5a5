#include "ingest/stage_turns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/manual_clock.h"

namespace estrad::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using TakeOver = StageTurns::TakeOver;
using Refusal = StageTurns::Refusal;

const StageKey kMain{"main", false};
const StageKey kBackup{"main", true};

class StageTurnsTest : public testing::Test {
 protected:
  bool arrive(ConnectionId id, const StageKey& key = kMain) {
    return turns_.arrive(id, key, clock_.steady());
  }
  std::vector<StageTurns::Decision> due() { return turns_.due(clock_.steady()); }
  /// Time passes while the connection sends.
  void sends_for(ConnectionId id, milliseconds time) {
    for (milliseconds passed{0}; passed < time; passed += milliseconds(100)) {
      clock_.advance(milliseconds(100));
      turns_.heard(id, clock_.steady());
    }
  }

  test::ManualClock clock_;
  StageTurns turns_{{}};
};

TEST_F(StageTurnsTest, TheFirstSendsAtOnce) {
  EXPECT_TRUE(arrive(1));
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(StageTurnsTest, TheBackupKeyIsAStageOfItsOwn) {
  EXPECT_TRUE(arrive(1));
  EXPECT_TRUE(arrive(2, kBackup));
  EXPECT_TRUE(arrive(3, {"other", false}));
}

TEST_F(StageTurnsTest, TheSecondWinsWhenTheFirstHasBeenSilentForOneSecond) {
  arrive(1);
  sends_for(1, milliseconds(3000));
  EXPECT_FALSE(arrive(2));
  clock_.advance(milliseconds(999));
  EXPECT_THAT(due(), IsEmpty());
  clock_.advance(milliseconds(1));
  EXPECT_THAT(due(), ElementsAre(TakeOver{2, 1}));
  clock_.advance(milliseconds(500));
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(StageTurnsTest, TheSecondWinsAtOnceWhenTheFirstHasLongBeenSilent) {
  arrive(1);
  clock_.advance(milliseconds(1500));
  EXPECT_FALSE(arrive(2));
  EXPECT_THAT(due(), ElementsAre(TakeOver{2, 1}));
}

TEST_F(StageTurnsTest, TheSecondWinsWhenTheFirstLeaves) {
  arrive(1);
  arrive(2);
  turns_.leave(1);
  EXPECT_THAT(due(), ElementsAre(TakeOver{2, std::nullopt}));
}

TEST_F(StageTurnsTest, TheSecondIsRefusedWhenTheFirstKeepsSending) {
  arrive(1);
  arrive(2);
  sends_for(1, milliseconds(4900));
  EXPECT_THAT(due(), IsEmpty());
  sends_for(1, milliseconds(100));
  EXPECT_THAT(due(), ElementsAre(Refusal{2}));
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(StageTurnsTest, TheNewestOfSeveralWins) {
  arrive(1);
  arrive(2);
  arrive(3);
  clock_.advance(milliseconds(1000));
  EXPECT_THAT(due(), ElementsAre(TakeOver{3, 1}));
  sends_for(3, milliseconds(4000));
  EXPECT_THAT(due(), ElementsAre(Refusal{2}));
}

TEST_F(StageTurnsTest, OneThatLeftWhileItWaitedWinsNothing) {
  arrive(1);
  arrive(2);
  turns_.leave(2);
  clock_.advance(milliseconds(2000));
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(StageTurnsTest, TheLoserDoesNotTakeTheWinnersTurnAlongWhenItLeaves) {
  arrive(1);
  arrive(2);
  clock_.advance(milliseconds(1000));
  EXPECT_THAT(due(), ElementsAre(TakeOver{2, 1}));
  turns_.leave(1);
  EXPECT_FALSE(arrive(3));
}

TEST_F(StageTurnsTest, AFreeStageIsTakenAgain) {
  arrive(1);
  turns_.leave(1);
  EXPECT_TRUE(arrive(2));
}

}  // namespace
}  // namespace estrad::ingest
