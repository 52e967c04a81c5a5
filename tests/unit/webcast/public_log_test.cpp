#include "webcast/public_log.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "webcast/log_state.h"

namespace estrad::webcast {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr WallTime kNow = WallTime(milliseconds(1'773'147'600'000));  // 2026-03-10T13:00:00Z

Question question(const std::string& id, QuestionState state) {
  Question made;
  made.id = id;
  made.text = "Why?";
  made.name = "Ann";
  made.state = state;
  made.asked_at = kNow;
  return made;
}

class PublicLogTest : public testing::Test {
 protected:
  void approve(const std::string& id, WallTime now) {
    static_cast<void>(log_.record(question(id, QuestionState::kPending),
                                  question(id, QuestionState::kApproved), now, 60'000));
  }

  PublicLog log_{kNow};
};

TEST_F(PublicLogTest, APageClosesASecondAfterItsFirstEntry) {
  approve("q1", kNow + 5s);
  approve("q2", kNow + 5'900ms);
  EXPECT_EQ(log_.closes_at(), kNow + 6s);
  EXPECT_EQ(log_.close_due(kNow + 5'999ms), std::nullopt);
  const auto closed = log_.close_due(kNow + 6s);
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->number, 1U);
  EXPECT_TRUE(closed->must_commit);
  EXPECT_FALSE(closed->is_empty);
  EXPECT_EQ(json::parse(closed->text), json::parse(R"({"page":1,"entries":[
    {"type":"question","at":"2026-03-10T13:00:05.000Z","media_ms":60000,
     "id":"q1","text":"Why?","name":"Ann","state":"approved"},
    {"type":"question","at":"2026-03-10T13:00:05.900Z","media_ms":60000,
     "id":"q2","text":"Why?","name":"Ann","state":"approved"}]})"));
  EXPECT_EQ(log_.next_page(), 2U);
  EXPECT_EQ(log_.page(1), closed->text);
  EXPECT_EQ(log_.page(2), std::nullopt);
  EXPECT_EQ(log_.page(0), std::nullopt);
}

TEST_F(PublicLogTest, AnEmptyPageClosesAfterTwentySeconds) {
  EXPECT_EQ(log_.close_due(kNow + 19'999ms), std::nullopt);
  const auto closed = log_.close_due(kNow + 20s);
  ASSERT_TRUE(closed);
  EXPECT_TRUE(closed->is_empty);
  EXPECT_EQ(closed->text, R"({"entries":[],"page":1})");
  EXPECT_EQ(log_.closes_at(), kNow + 40s);
}

TEST_F(PublicLogTest, ALateEntryDoesNotHoldThePageOpen) {
  approve("q1", kNow + 19'500ms);
  EXPECT_EQ(log_.closes_at(), kNow + 20s);
}

TEST_F(PublicLogTest, AWallClockSetBackDoesNotStopThePages) {
  EXPECT_EQ(log_.close_due(kNow - 1h), std::nullopt);
  EXPECT_TRUE(log_.close_due(kNow - 1h + 20s));
}

TEST_F(PublicLogTest, ARemovalRewritesTheStoredPagesAndTellsOpenReaders) {
  approve("q1", kNow);
  approve("q2", kNow);
  static_cast<void>(log_.close_due(kNow + 1s));
  auto answered = question("q1", QuestionState::kAnswered);
  answered.answer = "Because.";
  static_cast<void>(
      log_.record(question("q1", QuestionState::kApproved), answered, kNow + 2s, 70'000));
  static_cast<void>(log_.close_due(kNow + 3s));

  auto removed = answered;
  removed.state = QuestionState::kRemoved;
  const auto rewritten = log_.record(answered, removed, kNow + 4s, 80'000);

  ASSERT_EQ(rewritten.size(), 2U);
  EXPECT_EQ(rewritten[0].number, 1U);
  EXPECT_EQ(rewritten[0].text.find("q1"), std::string::npos);
  EXPECT_NE(rewritten[0].text.find("q2"), std::string::npos);
  EXPECT_EQ(rewritten[1].text, R"({"entries":[],"page":2})");
  EXPECT_EQ(log_.page(1), rewritten[0].text);
  EXPECT_EQ(log_.revision(), 1U);
  const auto closed = log_.close_due(kNow + 5s);
  ASSERT_TRUE(closed);
  EXPECT_EQ(json::parse(closed->text)["entries"][0],
            json::parse(R"({"type":"removed","at":"2026-03-10T13:00:04.000Z","media_ms":80000,
                            "id":"q1"})"));
}

TEST_F(PublicLogTest, WhatWasNeverPublicLeavesNoTrace) {
  EXPECT_TRUE(log_.record(std::nullopt, question("q1", QuestionState::kPending), kNow, 0).empty());
  EXPECT_TRUE(log_.record(question("q1", QuestionState::kPending),
                          question("q1", QuestionState::kRemoved), kNow, 0)
                  .empty());
  EXPECT_EQ(log_.closes_at(), kNow + 20s);
  EXPECT_EQ(log_.revision(), 0U);
}

TEST_F(PublicLogTest, AQuestionRemovedBeforeItsPageClosesIsNotInIt) {
  approve("q1", kNow);
  static_cast<void>(log_.record(question("q1", QuestionState::kApproved),
                                question("q1", QuestionState::kDismissed), kNow, 0));
  const auto closed = log_.close_due(kNow + 1s);
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->text.find("Why?"), std::string::npos);
}

TEST_F(PublicLogTest, ARestartGoesOnWhereNoReaderHasBeen) {
  approve("q1", kNow);
  std::vector<StoredPage> stored;
  LogCounters counters;
  WallTime now = kNow;
  for (int i = 0; i < 40; ++i) {
    now += 20s;
    const auto closed = log_.close_due(now);
    ASSERT_TRUE(closed);
    if (closed->must_commit) {
      counters.reserved = closed->reserved;
      if (!closed->is_empty) {
        stored.push_back({closed->number, closed->text});
      }
    }
  }
  const auto restored = PublicLog::restore(stored, counters, now).value();
  EXPECT_GE(restored.next_page(), log_.next_page());
  EXPECT_EQ(stored.size(), 1U);
  EXPECT_EQ(restored.page(1), log_.page(1));
  EXPECT_EQ(restored.page(30), log_.page(30));
}

TEST_F(PublicLogTest, ABrokenStoredPageIsNamed) {
  const auto restored = PublicLog::restore({{7, "{}"}}, {}, kNow);
  ASSERT_FALSE(restored);
  EXPECT_NE(restored.error().message.find("log page 7"), std::string::npos);
}

TEST_F(PublicLogTest, TheReplayIsAllThatWasNotRemoved) {
  log_.append({kNow, 0, StateEntry{EventState::kLive}}, kNow);
  approve("q1", kNow);
  static_cast<void>(log_.close_due(kNow + 1s));
  approve("q2", kNow + 1s);
  static_cast<void>(log_.remove("q1", kNow + 2s, 0));
  const auto replay = json::parse(log_.replay());
  EXPECT_EQ(replay["rev"], 1);
  ASSERT_EQ(replay["entries"].size(), 2U);
  EXPECT_EQ(replay["entries"][0]["type"], "state");
  EXPECT_EQ(replay["entries"][1]["id"], "q2");
}

TEST_F(PublicLogTest, TheStateIsOneJsonText) {
  Event event;
  event.state = EventState::kLive;
  event.started_at = kNow;
  const auto state = json::parse(render(log_state(
      event, log_,
      {question("q1", QuestionState::kApproved), question("q2", QuestionState::kPending)}, 312)));
  EXPECT_EQ(state, json::parse(R"({"state":"live","next_page":1,"rev":0,
    "started_at":"2026-03-10T13:00:00.000Z","ended_at":null,"starts_at":null,"viewers":312,
    "questions":[{"id":"q1","text":"Why?","name":"Ann","state":"approved","answer":"",
                  "at":"2026-03-10T13:00:00.000Z","media_ms":null}],
    "announcement":null,"message":"",
    "moderation":{"mode":"moderated","notice":"questions.notice.moderated","open":true}})"));
}

}  // namespace
}  // namespace estrad::webcast
