#include "webcast/event.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "webcast/event_json.h"

namespace estrad::webcast {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

json body() {
  return {{"slug", "budget-day"}, {"title", "Budget day"}};
}

std::string field_of_fault(const json& patch) {
  auto merged = body();
  merged.update(patch);
  const auto plan = plan_from_json({}, merged);
  if (plan) {
    return "";
  }
  EXPECT_EQ(plan.error().kind, ErrorKind::kInvalidInput);
  return plan.error().field;
}

TEST(EventPlan, HasTheDefaultsOfTheContract) {
  const auto plan = plan_from_json({}, body()).value();
  EXPECT_EQ(plan.access, Access::kPublic);
  EXPECT_EQ(plan.latency, Latency::kBalanced);
  EXPECT_EQ(plan.start, StartMode::kManual);
  EXPECT_EQ(plan.publish, PublishMode::kReview);
  EXPECT_EQ(plan.questions, QuestionMode::kModerated);
}

TEST(EventPlan, NamesTheFieldToMend) {
  const std::vector<std::pair<std::string, json>> faults = {
      {"slug", {{"slug", "Budget"}}},
      {"slug", {{"slug", std::string(81, 'a')}}},
      {"slug", {{"slug", nullptr}}},
      {"title", {{"title", "  "}}},
      {"title", {{"title", 7}}},
      {"title", {{"title", std::string(201, 'a')}}},
      {"title", {{"title", "two\nlines"}}},
      {"description", {{"description", std::string(20'001, 'a')}}},
      {"description", {{"description", "bell\a"}}},
      {"speakers[1]", {{"speakers", {"Ann", ""}}}},
      {"speakers", {{"speakers", "Ann"}}},
      {"topics", {{"topics", {1}}}},
      {"stage", {{"stage", "Hall 1"}}},
      {"image", {{"image", "javascript:alert(1)"}}},
      {"image", {{"image", "//elsewhere/x.png"}}},
      {"links[0].url", {{"links", {{{"title", "x"}, {"url", "ftp://example.org"}}}}}},
      {"links", {{"links", {{{"title", "no address"}}}}}},
      {"starts_at", {{"starts_at", "tomorrow"}}},
      {"starts_at", {{"starts_at", "1970-01-01T00:00:00Z"}}},
      {"starts_at", {{"ends_at", "2026-03-10T13:00:00Z"}}},
      {"ends_at", {{"starts_at", "2026-03-10T13:00:00Z"}, {"ends_at", "2026-03-10T13:00:00Z"}}},
      {"withdraw_at",
       {{"publish_at", "2026-03-10T13:00:00Z"}, {"withdraw_at", "2026-03-09T13:00:00Z"}}},
      {"timezone", {{"timezone", "Europe/Sthlm"}}},
      {"timezone", {{"timezone", "../../etc/passwd"}}},
      {"language", {{"language", "fr"}}},
      {"lobby_minutes", {{"lobby_minutes", -1}}},
      {"lobby_minutes", {{"lobby_minutes", 5000}}},
      {"access", {{"access", "secret"}}},
      {"start", {{"start", "now"}}},
      {"questions", {{"questions", true}}},
      {"seats", {{"seats", 0}}},
      {"rehearsal", {{"rehearsal", "yes"}}},
      {"colour", {{"colour", "red"}}},
  };
  for (const auto& [field, patch] : faults) {
    EXPECT_EQ(field_of_fault(patch), field) << patch.dump();
  }
}

TEST(EventPlan, GoesThroughJsonWhole) {
  const json full = {{"slug", "course-1"},
                     {"title", "Course, part 1 – Åäö"},
                     {"stage", "hall"},
                     {"description", "First.\n\nSecond."},
                     {"speakers", {"Ann Ek", "Bo Al"}},
                     {"series", "course"},
                     {"topics", {"tax"}},
                     {"audience", "all"},
                     {"price_text", "free"},
                     {"image", "/static/x.png"},
                     {"links", {{{"title", "Slides"}, {"url", "https://example.org/s"}}}},
                     {"starts_at", "2026-03-10T13:00:00.000Z"},
                     {"ends_at", "2026-03-10T14:00:00.000Z"},
                     {"timezone", "America/New_York"},
                     {"language", "en"},
                     {"lobby_minutes", 5},
                     {"access", "unlisted"},
                     {"latency", "lowest"},
                     {"start", "on_feed"},
                     {"publish", "auto"},
                     {"publish_at", "2026-03-11T13:00:00.000Z"},
                     {"withdraw_at", "2026-04-11T13:00:00.000Z"},
                     {"questions", "open"},
                     {"sign_up_until", "2026-03-09T13:00:00.000Z"},
                     {"seats", 200},
                     {"seat_devices", 3},
                     {"rehearsal", true}};
  EXPECT_EQ(to_json(plan_from_json({}, full).value()), full);
}

TEST(EventPlan, APatchChangesOnlyWhatItNames) {
  auto plan = plan_from_json({}, body()).value();
  plan = plan_from_json(plan, {{"seats", 5}, {"language", "en"}}).value();
  plan = plan_from_json(plan, {{"title", " New "}, {"seats", nullptr}}).value();
  EXPECT_EQ(plan.title, "New");
  EXPECT_EQ(plan.seats, std::nullopt);
  EXPECT_EQ(plan.language, Language::kEn);
  EXPECT_EQ(plan.slug, "budget-day");
}

TEST(EventPlan, TakesAnyOffset) {
  auto merged = body();
  merged["starts_at"] = "2026-03-10T14:00:00+01:00";
  EXPECT_EQ(plan_from_json({}, merged)->starts_at, parse_rfc3339("2026-03-10T13:00:00Z"));
}

TEST(Event, NeverShowsItsTakeInItsJson) {
  auto event = make_event(plan_from_json({}, body()).value(), EventState::kPlanned, {});
  event.take_address = "take-address";
  event.take_folder = "take-folder";
  EXPECT_EQ(to_json(event).dump().find("take-"), std::string::npos);
}

TEST(Event, KeepsItsStageWhileOnAir) {
  auto event = make_event(plan_from_json({}, body()).value(), EventState::kLive, {});
  auto plan = event.plan;
  plan.title = "Another";
  EXPECT_EQ(revised(event, plan)->version, event.version + 1);
  plan.stage = "attic";
  const auto moved = revised(event, plan);
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().kind, ErrorKind::kConflict);
  EXPECT_EQ(moved.error().field, "stage");
}

TEST(Event, TakesQuestionsInTheLobbyAndOnAir) {
  auto event = make_event(plan_from_json({}, body()).value(), EventState::kPlanned, {});
  for (const EventState state : kEventStates) {
    event.state = state;
    EXPECT_EQ(accepts_questions(event), state == EventState::kLobby || is_on_air(state));
  }
  event.state = EventState::kLive;
  EXPECT_FALSE(accepts_questions(moderated(event, QuestionMode::kOff, {}).value()));
  EXPECT_EQ(moderated(event, QuestionMode::kOpen, {.slow_s = 9999}).error().field, "slow_s");
}

}  // namespace
}  // namespace estrad::webcast
