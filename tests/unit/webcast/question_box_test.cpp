#include "webcast/question_box.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/ids.h"
#include "support/manual_clock.h"

namespace estrad::webcast {
namespace {

using namespace std::chrono_literals;

class QuestionBoxTest : public testing::Test {
 protected:
  QuestionBoxTest() {
    event_.id = "event";
    event_.state = EventState::kLive;
  }

  Asked ask(const std::string& text, const std::string& viewer = "viewer") {
    return box_.ask(event_, {.text = text, .viewer = viewer, .address = "office"}, clock_).value();
  }

  Event event_;
  test::ManualClock clock_;
  QuestionBox box_;
};

TEST_F(QuestionBoxTest, AQuestionWaitsForAModerator) {
  const auto asked = ask("  Why?\r\nAnd how? ");
  EXPECT_EQ(asked.question.state, QuestionState::kPending);
  EXPECT_EQ(asked.question.text, "Why?\nAnd how?");
  EXPECT_EQ(asked.question.secret_hash, sha256_hex(asked.secret));
  EXPECT_TRUE(box_.list_public().empty());
  EXPECT_EQ(box_.count(QuestionState::kPending), 1U);
}

TEST_F(QuestionBoxTest, AnOpenBoxPublishesAtOnce) {
  event_.plan.questions = QuestionMode::kOpen;
  ask("Why?");
  EXPECT_EQ(box_.list_public().size(), 1U);
}

TEST_F(QuestionBoxTest, RefusesWhatIsNoQuestion) {
  for (const std::string& text :
       {std::string(), std::string(" \n "), std::string(2'001, 'a'), std::string("a\0b", 3),
        std::string("\xff"), std::string("\x1b[31m"), std::string("\u202Egnp.exe"),
        std::string(10'000'000, 'a')}) {
    const auto refused = box_.ask(event_, {.text = text, .address = "a"}, clock_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "text");
    EXPECT_EQ(refused.error().kind, ErrorKind::kInvalidInput);
  }
  EXPECT_EQ(box_.ask(event_, {.text = "x", .name = std::string(61, 'a')}, clock_).error().field,
            "name");
}

TEST_F(QuestionBoxTest, RefusesLinksWhereTheEventDoes) {
  event_.moderation.are_links_allowed = false;
  EXPECT_EQ(box_.ask(event_, {.text = "See HTTPS://example.org"}, clock_).error().field, "text");
}

TEST_F(QuestionBoxTest, TakesNothingWhenItIsOffOrTheEventIsOver) {
  event_.plan.questions = QuestionMode::kOff;
  EXPECT_EQ(box_.ask(event_, {.text = "x"}, clock_).error().kind, ErrorKind::kConflict);
  event_.plan.questions = QuestionMode::kModerated;
  event_.state = EventState::kPublished;
  EXPECT_EQ(box_.ask(event_, {.text = "x"}, clock_).error().kind, ErrorKind::kConflict);
}

TEST_F(QuestionBoxTest, OnlyTheAskerSeesAndWithdrawsIt) {
  const auto asked = ask("Why?");
  EXPECT_TRUE(box_.find_own(asked.question.id, asked.secret));
  EXPECT_EQ(box_.find_own(asked.question.id, "guess").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(box_.withdraw(asked.question.id, "guess", clock_.wall()).error().kind,
            ErrorKind::kNotFound);
  const auto gone = box_.withdraw(asked.question.id, asked.secret, clock_.wall()).value();
  EXPECT_EQ(gone.state, QuestionState::kRemoved);
  EXPECT_EQ(gone.reason, RemovalReason::kAsker);
  EXPECT_EQ(gone.text, "");
}

TEST_F(QuestionBoxTest, EveryStepButARemovalIsUndone) {
  for (const auto from : kQuestionStates) {
    for (const auto to : kQuestionStates) {
      Question question;
      question.state = from;
      const auto reason =
          to == QuestionState::kRemoved ? std::optional(RemovalReason::kPrivacy) : std::nullopt;
      const auto after = changed(question, {.state = to, .reason = reason}, clock_.wall());
      EXPECT_EQ(after.has_value(), from != QuestionState::kRemoved)
          << to_string(from) << " to " << to_string(to);
    }
  }
}

TEST_F(QuestionBoxTest, ARemovalDemandsAReason) {
  const auto asked = ask("Why?");
  EXPECT_EQ(box_.change(asked.question.id, {.state = QuestionState::kRemoved}, clock_.wall())
                .error()
                .field,
            "reason");
  EXPECT_TRUE(box_.change(asked.question.id,
                          {.state = QuestionState::kRemoved, .reason = RemovalReason::kAgitation},
                          clock_.wall()));
  EXPECT_EQ(box_.change("unknown", {}, clock_.wall()).error().kind, ErrorKind::kNotFound);
}

TEST_F(QuestionBoxTest, AnAnswerAnswers) {
  const auto asked = ask("Why?");
  const auto answered =
      box_.change(asked.question.id, {.answer = " Because. "}, clock_.wall()).value();
  EXPECT_EQ(answered.state, QuestionState::kAnswered);
  EXPECT_EQ(answered.answer, "Because.");
}

TEST_F(QuestionBoxTest, AChangeIsReadFromJsonStrictly) {
  const auto change = question_change_from_json(
      {{"state", "removed"}, {"reason", "privacy"}, {"claim", true}}, "ann@example.org");
  EXPECT_EQ(change->state, QuestionState::kRemoved);
  EXPECT_EQ(change->reason, RemovalReason::kPrivacy);
  EXPECT_EQ(change->claimed_by, "ann@example.org");
  for (const auto& [field, json] :
       std::vector<std::pair<std::string, nlohmann::json>>{{"state", {{"state", "gone"}}},
                                                           {"reason", {{"reason", "asker"}}},
                                                           {"answer", {{"answer", 1}}},
                                                           {"claim", {{"claim", "me"}}},
                                                           {"text", {{"text", "forged"}}}}) {
    EXPECT_EQ(question_change_from_json(json, "").error().field, field);
  }
}

TEST_F(QuestionBoxTest, AnOfficeOfFiveHundredPutsTwoHundredQuestionsAtOnce) {
  for (int viewer = 0; viewer < 200; ++viewer) {
    EXPECT_EQ(
        box_.wait(event_, {.text = "?", .viewer = std::to_string(viewer), .address = "office"},
                  clock_.steady()),
        0ms);
    ask("Why?", std::to_string(viewer));
  }
}

TEST_F(QuestionBoxTest, AFloodFromOneAddressStops) {
  int taken = 0;
  for (int i = 0; i < 5'000; ++i) {
    clock_.advance(10ms);
    const Asking asking{.text = "spam", .viewer = std::to_string(i), .address = "bad"};
    taken += box_.ask(event_, asking, clock_).has_value() ? 1 : 0;
  }
  EXPECT_LT(taken, 300);
  const auto refused =
      box_.ask(event_, {.text = "spam", .viewer = "new", .address = "bad"}, clock_);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  EXPECT_TRUE(box_.ask(event_, {.text = "ham", .viewer = "x", .address = "good"}, clock_));
}

TEST_F(QuestionBoxTest, OneViewerIsSlowedAfterAFew) {
  for (int i = 0; i < 5; ++i) {
    ask("Why?");
  }
  const Asking sixth{.text = "Why?", .viewer = "viewer", .address = "office"};
  const auto wait = box_.wait(event_, sixth, clock_.steady());
  EXPECT_GT(wait, 0ms);
  EXPECT_FALSE(box_.ask(event_, sixth, clock_));
  clock_.advance(wait);
  EXPECT_TRUE(box_.ask(event_, sixth, clock_));
}

TEST_F(QuestionBoxTest, SlowModeHoldsTheNextQuestionOfAViewer) {
  event_.moderation.slow_s = 60;
  ask("Why?");
  const Asking again{.text = "Why?", .viewer = "viewer", .address = "office"};
  EXPECT_EQ(box_.wait(event_, again, clock_.steady()), 60s);
  ask("Why?", "another viewer");
  clock_.advance(60s);
  EXPECT_TRUE(box_.ask(event_, again, clock_));
}

TEST_F(QuestionBoxTest, IsFullAtItsLimitAndTakesAgainWhenTheQueueIsWorkedOff) {
  QuestionBox small({.most_pending = 2});
  const auto first = small.ask(event_, {.text = "1", .address = "a"}, clock_).value();
  ASSERT_TRUE(small.ask(event_, {.text = "2", .address = "a"}, clock_));
  EXPECT_EQ(small.ask(event_, {.text = "3", .address = "a"}, clock_).error().kind,
            ErrorKind::kUnavailable);
  ASSERT_TRUE(small.change(first.question.id, {.state = QuestionState::kApproved}, clock_.wall()));
  EXPECT_TRUE(small.ask(event_, {.text = "3", .address = "a"}, clock_));
}

TEST_F(QuestionBoxTest, ARestartForgetsNothingAndAFailedSaveLeavesNothing) {
  const auto asked = ask("Why?");
  QuestionBox again;
  again.restore(box_.list());
  EXPECT_TRUE(again.find_own(asked.question.id, asked.secret));
  box_.roll_back(asked.question.id, std::nullopt);
  EXPECT_EQ(box_.find(asked.question.id), std::nullopt);
  EXPECT_EQ(box_.count(QuestionState::kPending), 0U);
}

TEST(Buckets, AFloodOfKeysDoesNotGrowThem) {
  Buckets buckets({2, 1s}, 100);
  const SteadyTime now{};
  buckets.take("spender", now);
  buckets.take("spender", now);
  for (int i = 0; i < 1'000; ++i) {
    buckets.take(std::to_string(i), now);
  }
  EXPECT_LE(buckets.size(), 100U);
  EXPECT_EQ(buckets.wait("spender", now), 1s);
}

}  // namespace
}  // namespace estrad::webcast
