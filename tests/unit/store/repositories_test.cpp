#include <gtest/gtest.h>

#include "store/store.h"
#include "support/temporary_folder.h"

namespace estrad::store {
namespace {

using namespace std::chrono_literals;
using webcast::Event;
using webcast::EventState;
using webcast::Role;

constexpr WallTime kNow = WallTime(milliseconds(1'773'147'600'000));

class RepositoriesTest : public testing::Test {
 protected:
  RepositoriesTest() { reopen(); }

  void reopen() {
    store_.reset();
    store_ = Store::open("sqlite://" + (folder_ / "estrad.db").string()).value();
  }

  static Event event(const std::string& slug) {
    webcast::EventPlan plan;
    plan.slug = slug;
    plan.title = "Budget day";
    return webcast::make_event(std::move(plan), EventState::kPlanned, kNow);
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(RepositoriesTest, UsersSignInWithTheirPasswordAlone) {
  const auto user = store_->users.add("Ann@Example.org", Role::kProducer, "correct horse", kNow);
  ASSERT_TRUE(user) << user.error().message;
  EXPECT_EQ(store_->users.add("ann@example.org", Role::kAdmin, "correct horse", kNow).error().field,
            "email");
  EXPECT_EQ(store_->users.authenticate("ANN@example.org", "correct horse").value(), *user);
  EXPECT_EQ(store_->users.authenticate("ann@example.org", "battery staple").value(), std::nullopt);
  EXPECT_EQ(store_->users.authenticate("bo@example.org", "correct horse").value(), std::nullopt);
  EXPECT_EQ(store_->users.find(user->id).value(), *user);
  EXPECT_EQ(store_->users.list()->items.size(), 1U);
}

TEST_F(RepositoriesTest, ANewPasswordSignsOutEverywhere) {
  const auto user = store_->users.add("ann@example.org", Role::kModerator, "correct horse", kNow);
  const auto session = store_->sessions.open(*user, kNow).value();
  EXPECT_EQ(store_->sessions.find(session.cookie, kNow)->value().csrf, session.csrf);
  EXPECT_EQ(store_->sessions.find(session.cookie, kNow)->value().principal.role, Role::kModerator);
  EXPECT_EQ(store_->sessions.find("guess", kNow)->has_value(), false);
  EXPECT_EQ(store_->sessions.find(session.cookie, kNow + 13h)->has_value(), false);
  ASSERT_TRUE(store_->users.set_password("ann@example.org", "battery staple"));
  EXPECT_EQ(store_->sessions.find(session.cookie, kNow)->has_value(), false);
  const auto again = store_->sessions.open(*user, kNow).value();
  ASSERT_TRUE(store_->users.remove("ann@example.org"));
  EXPECT_EQ(store_->sessions.find(again.cookie, kNow)->has_value(), false);
  EXPECT_EQ(store_->users.remove("ann@example.org").error().kind, ErrorKind::kNotFound);
}

TEST_F(RepositoriesTest, TokensOpenUntilTheyExpireOrGo) {
  const auto made = webcast::make_token("ci", Role::kProducer, kNow + 1h, kNow).value();
  ASSERT_TRUE(store_->tokens.add(made.token));
  EXPECT_EQ(store_->tokens.find_principal(made.text, kNow)->value().name, "ci");
  EXPECT_FALSE(store_->tokens.find_principal(made.text, kNow + 1h)->has_value());
  EXPECT_FALSE(store_->tokens.find_principal(made.token.hash, kNow)->has_value());
  const auto twin = webcast::make_token("ci", Role::kAdmin, std::nullopt, kNow).value();
  EXPECT_EQ(store_->tokens.add(twin.token).error().kind, ErrorKind::kConflict);
  ASSERT_TRUE(store_->tokens.remove("ci"));
  EXPECT_FALSE(store_->tokens.find_principal(made.text, kNow)->has_value());
}

TEST_F(RepositoriesTest, StagesAreFoundByTheirKeys) {
  const auto stage = webcast::make_stage("hall", "Hall", kNow).value();
  ASSERT_TRUE(store_->stages.add(stage));
  EXPECT_EQ(store_->stages.add(stage).error().field, "id");
  EXPECT_EQ(store_->stages.find("hall").value(), stage);
  EXPECT_FALSE(store_->stages.find_key(stage.key)->value().is_backup);
  EXPECT_TRUE(store_->stages.find_key(stage.backup_key)->value().is_backup);
  EXPECT_FALSE(store_->stages.find_key("guess")->has_value());
  ASSERT_TRUE(store_->stages.update(webcast::with_new_keys(stage)));
  EXPECT_FALSE(store_->stages.find_key(stage.key)->has_value());
}

TEST_F(RepositoriesTest, AStageInUseStays) {
  ASSERT_TRUE(store_->stages.add(webcast::make_stage("hall", "", kNow).value()));
  auto planned = event("budget-day");
  planned.plan.stage = "attic";
  EXPECT_EQ(store_->events.add(planned).error().field, "stage");
  planned.plan.stage = "hall";
  ASSERT_TRUE(store_->events.add(planned));
  EXPECT_EQ(store_->stages.remove("hall").error().kind, ErrorKind::kConflict);
  planned.state = EventState::kPublished;
  ++planned.version;
  ASSERT_TRUE(store_->events.update(planned));
  EXPECT_TRUE(store_->stages.remove("hall"));
}

TEST_F(RepositoriesTest, AnEventComesBackWhole) {
  auto made = event("budget-day");
  made.plan.title = "Budget day – Åäö";
  made.plan.starts_at = kNow;
  made.plan.speakers = {"Ann"};
  made.plan.seats = 7;
  made.state = EventState::kPaused;
  made.started_at = kNow;
  made.take_folder = "folder";
  made.take_address = "address";
  made.moderation = {.slow_s = 30, .are_links_allowed = false};
  ASSERT_TRUE(store_->events.add(made));
  reopen();
  EXPECT_EQ(store_->events.find(made.id).value(), made);
  EXPECT_EQ(store_->events.all()->size(), 1U);
}

TEST_F(RepositoriesTest, AnOlderCopyNeverOverwritesANewer) {
  auto made = event("budget-day");
  ASSERT_TRUE(store_->events.add(made));
  EXPECT_EQ(store_->events.update(made).error().kind, ErrorKind::kConflict);
  ++made.version;
  EXPECT_TRUE(store_->events.update(made));
  EXPECT_EQ(store_->events.update(event("other")).error().kind, ErrorKind::kNotFound);
}

TEST_F(RepositoriesTest, ASlugNeverComesToLeadToAnotherEvent) {
  auto made = event("first");
  ASSERT_TRUE(store_->events.add(made));
  made.plan.slug = "second";
  ++made.version;
  ASSERT_TRUE(store_->events.update(made));
  EXPECT_EQ(std::get<SlugMoved>(*store_->events.resolve("first")).slug, "second");
  EXPECT_EQ(std::get<Event>(*store_->events.resolve("second")), made);
  EXPECT_TRUE(std::holds_alternative<SlugUnknown>(*store_->events.resolve("third")));
  for (const char* taken : {"first", "second"}) {
    const auto refused = store_->events.add(event(taken));
    EXPECT_EQ(refused.error().kind, ErrorKind::kConflict);
    EXPECT_EQ(refused.error().field, "slug");
  }
  made.plan.slug = "first";
  ++made.version;
  EXPECT_TRUE(store_->events.update(made));
  ASSERT_TRUE(store_->events.remove(made.id));
  EXPECT_TRUE(std::holds_alternative<SlugDeleted>(*store_->events.resolve("first")));
  EXPECT_TRUE(std::holds_alternative<SlugDeleted>(*store_->events.resolve("second")));
  EXPECT_FALSE(store_->events.add(event("first")));
  EXPECT_EQ(store_->events.old_slugs()->size(), 2U);
}

TEST_F(RepositoriesTest, AnEventOnAirIsNotDeleted) {
  auto made = event("budget-day");
  made.state = EventState::kLive;
  ASSERT_TRUE(store_->events.add(made));
  EXPECT_EQ(store_->events.remove(made.id).error().kind, ErrorKind::kConflict);
}

TEST_F(RepositoriesTest, ListsEventsByStatePieceAndWords) {
  for (int i = 0; i < 5; ++i) {
    auto made = event("day-" + std::to_string(i));
    made.plan.title = i % 2 == 0 ? "ÅRSMÖTE 100%" : "Course";
    made.plan.series = i < 2 ? "spring" : "";
    made.plan.starts_at = kNow + std::chrono::hours(i / 2);
    made.state = i == 4 ? EventState::kDraft : EventState::kPlanned;
    ASSERT_TRUE(store_->events.add(made));
  }
  std::vector<std::string> seen;
  PageRequest request{.limit = 2};
  do {
    const auto page = store_->events.list({.page = request}).value();
    for (const auto& item : page.items) {
      seen.push_back(item.plan.slug);
    }
    request.after = page.next;
  } while (!request.after.empty());
  EXPECT_EQ(seen.size(), 5U);
  EXPECT_EQ(seen.front(), "day-4");
  EXPECT_EQ(store_->events.list({.state = EventState::kDraft})->items.size(), 1U);
  EXPECT_EQ(store_->events.list({.series = "spring"})->items.size(), 2U);
  EXPECT_EQ(store_->events.list({.q = "årsmöte day-0"})->items.size(), 1U);
  EXPECT_EQ(store_->events.list({.q = "100%"})->items.size(), 3U);
  EXPECT_EQ(store_->events.list({.q = "100_"})->items.size(), 0U);
  EXPECT_EQ(store_->events.list({.is_public_only = true})->items.size(), 4U);
  EXPECT_EQ(store_->events.list({.page = {.after = "x"}}).error().field, "after");
}

TEST_F(RepositoriesTest, QuestionsAreOverwrittenAndListed) {
  const auto made = event("budget-day");
  ASSERT_TRUE(store_->events.add(made));
  webcast::Question question;
  question.event_id = made.id;
  question.text = "Why?\nAnd how?";
  question.media_ms = 61'000;
  for (int i = 0; i < 3; ++i) {
    question.id = "q" + std::to_string(i);
    question.asked_at = kNow + std::chrono::seconds(i / 2);
    ASSERT_TRUE(store_->questions.save(question));
  }
  question.state = webcast::QuestionState::kRemoved;
  question.reason = webcast::RemovalReason::kPrivacy;
  ASSERT_TRUE(store_->questions.save(question));
  EXPECT_EQ(store_->questions.all(made.id)->back(), question);
  const auto first = store_->questions.list(made.id, {.page = {.limit = 2}}).value();
  EXPECT_EQ(first.items.size(), 2U);
  EXPECT_EQ(store_->questions.list(made.id, {.page = {.after = first.next}})->items.size(), 1U);
  EXPECT_EQ(
      store_->questions.list(made.id, {.state = webcast::QuestionState::kPending})->items.size(),
      2U);
  question.event_id = "unknown";
  question.id = "q9";
  EXPECT_EQ(store_->questions.save(question).error().kind, ErrorKind::kConflict);
  ASSERT_TRUE(store_->events.remove(made.id));
  EXPECT_TRUE(store_->questions.all(made.id)->empty());
}

TEST_F(RepositoriesTest, ALogIsThereAgainAfterARestart) {
  const auto made = event("budget-day");
  ASSERT_TRUE(store_->events.add(made));
  webcast::PublicLog log(kNow);
  log.append({kNow, 0, webcast::QuestionEntry{"q1", "Why?", "", {}}}, kNow);
  ASSERT_TRUE(store_->log_pages.save(made.id, log.close_due(kNow + 1s).value()));
  const auto rewritten = log.remove("q1", kNow + 2s, 0);
  ASSERT_TRUE(store_->log_pages.rewrite(made.id, rewritten, log.counters()));
  reopen();
  const auto stored = store_->log_pages.load(made.id).value();
  const auto restored =
      webcast::PublicLog::restore(stored.pages, stored.counters, kNow + 1h).value();
  EXPECT_EQ(restored.revision(), 1U);
  EXPECT_EQ(restored.page(1), R"({"entries":[],"page":1})");
  EXPECT_GT(restored.next_page(), 1U);
  EXPECT_TRUE(store_->log_pages.load("unknown")->pages.empty());
}

TEST_F(RepositoriesTest, TheAuditTrailTellsWhoDidWhatNewestFirst) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(store_->audit_trail.add(
        {kNow + std::chrono::seconds(i), "ann", "event.start", "event " + std::to_string(i), ""}));
  }
  const auto first = store_->audit_trail.list({}, {.limit = 2}).value();
  EXPECT_EQ(first.items[0].subject, "event 2");
  EXPECT_EQ(store_->audit_trail.list({}, {.after = first.next})->items.size(), 1U);
  EXPECT_EQ(store_->audit_trail.list("event 1")->items.size(), 1U);
  ASSERT_TRUE(store_->audit_trail.remove_before(kNow + 2s));
  EXPECT_EQ(store_->audit_trail.list()->items.size(), 1U);
}

}  // namespace
}  // namespace estrad::store
