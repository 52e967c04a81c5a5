#include "site_fixture.h"

namespace estrad::test {
namespace {

using webcast::EventState;

struct Case {
  EventState state;
  int page;
  /// For everyone, and for staff.
  int media;
  int staff_media;
};

class Access : public SiteTest, public testing::WithParamInterface<Case> {
 protected:
  void SetUp() override { start(); }
};

TEST_P(Access, FollowsTheStateOfTheEvent) {
  const Case& wanted = GetParam();
  publish(event_in(wanted.state));
  publish_edge(17, 1);
  EXPECT_EQ(get("/w/talk").status, wanted.page);
  for (const char* path :
       {"/w/talk/index.m3u8", "/w/talk/taketake/v720.m3u8", "/w/talk/taketake/v720/1-16.m4s",
        "/w/talk/taketake/v720/1-16.2.m4s", "/w/talk/taketake/v720/init-1.mp4"}) {
    const Answer answer = get(path);
    EXPECT_EQ(answer.status, wanted.media) << path;
    const Answer staff = get(path, "Cookie: estrad_session=producer\r\n");
    EXPECT_EQ(staff.status, wanted.staff_media) << path;
    if (wanted.media == 403 && wanted.staff_media == 200) {
      EXPECT_EQ(staff.header("cache-control"), "no-store") << path;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryState, Access,
                         testing::Values(Case{EventState::kDraft, 404, 404, 404},
                                         Case{EventState::kPlanned, 200, 404, 404},
                                         Case{EventState::kLobby, 200, 404, 404},
                                         Case{EventState::kLive, 200, 200, 200},
                                         Case{EventState::kPaused, 200, 200, 200},
                                         Case{EventState::kReview, 200, 403, 200},
                                         Case{EventState::kPublished, 200, 200, 200},
                                         Case{EventState::kWithdrawn, 200, 403, 200},
                                         Case{EventState::kCancelled, 200, 404, 404}),
                         [](const testing::TestParamInfo<Case>& tested) {
                           return std::string(to_string(tested.param.state));
                         });

class Links : public SiteTest {
 protected:
  void SetUp() override { start(); }
};

TEST_F(Links, SayWhenToComeBackBeforeGoLive) {
  publish(event_in(EventState::kPlanned));
  EXPECT_NE(get("/w/talk/index.m3u8").header("retry-after"), "");
  EXPECT_NE(get("/w/talk/guessed/v720/1-1.m4s").header("retry-after"), "");
}

TEST_F(Links, OfATakeDieWithItsAddress) {
  publish(event_in(EventState::kPublished));
  EXPECT_EQ(get("/w/talk/oldtake/v720.m3u8").status, 404);
}

TEST_F(Links, OfADeletedEventAreGone) {
  publish(event_in(EventState::kPublished));
  site_->publish_deleted_event("talk");
  EXPECT_EQ(get("/w/talk").status, 410);
  EXPECT_EQ(get("/w/talk/log").status, 410);
  EXPECT_EQ(get("/w/talk/index.m3u8").status, 410);
}

TEST_F(Links, OfAMovedEventLeadOn) {
  publish(event_in(EventState::kLive), {"old-talk"});
  const Answer page = get("/w/old-talk?t=5");
  EXPECT_EQ(page.status, 308);
  EXPECT_EQ(page.header("location"), "/w/talk?t=5");
  EXPECT_EQ(get("/w/old-talk/log").header("location"), "/w/talk/log");
  EXPECT_EQ(get("/embed/old-talk").header("location"), "/embed/talk");
}

TEST_F(Links, OfAnEventThatIsRenamedLeadOn) {
  publish(event_in(EventState::kLive));
  webcast::Event renamed = event_in(EventState::kLive);
  renamed.plan.slug = "debate";
  publish(renamed);
  EXPECT_EQ(get("/w/talk").header("location"), "/w/debate");
  EXPECT_EQ(get("/w/debate").status, 200);
}

TEST_F(Links, ToPreviewsAreForStaff) {
  EXPECT_EQ(get("/api/v1/stages/hall/preview/index.m3u8").status, 401);
  EXPECT_EQ(
      get("/api/v1/stages/hall/preview/index.m3u8", "Authorization: Bearer moderator\r\n").status,
      404);
}

}  // namespace
}  // namespace estrad::test
