#include "web/pages.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "site_fixture.h"
#include "web/assets.h"
#include "web/pages/times.h"

namespace estrad::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using webcast::EventState;

class Pages : public SiteTest {
 protected:
  void SetUp() override { start(); }
};

TEST_F(Pages, OfAnEventCanBeReadWithoutScripts) {
  publish(event_in(EventState::kLive));
  const Answer page = get("/w/talk");
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("<html lang=\"sv\">"));
  EXPECT_THAT(page.body, HasSubstr("<h1>Budget &amp; &lt;debate&gt;</h1>"));
  EXPECT_THAT(page.body, HasSubstr("tisdag 10 mars 2026 14:00"));
  EXPECT_THAT(page.body, HasSubstr("Hello <strong>you</strong>"));
  EXPECT_THAT(page.body, HasSubstr("badge-live\">Direkt"));
  EXPECT_THAT(page.body, HasSubstr("og:title"));
  EXPECT_THAT(page.body, HasSubstr("/static/viewer-AB12.js"));
  EXPECT_THAT(page.body, HasSubstr("data-state=\"live\""));
  EXPECT_THAT(page.body, Not(HasSubstr("alert(1)</script>")));
}

TEST_F(Pages, FetchThePlayerEarlyWhereAPictureIsPlayed) {
  const std::string now = "<link rel=\"modulepreload\" href=\"/static/chunk-now.js\">";
  const std::string player = "<link rel=\"modulepreload\" href=\"/static/chunk-hls.js\">";
  publish(event_in(EventState::kPlanned));
  EXPECT_THAT(get("/w/talk").body, AllOf(HasSubstr(now), Not(HasSubstr(player))));
  publish(event_in(EventState::kLive));
  EXPECT_THAT(get("/w/talk").body, AllOf(HasSubstr(now), HasSubstr(player)));
}

TEST_F(Pages, CarryTheEventAsDataThatCannotEndItsElement) {
  publish(event_in(EventState::kLive));
  publish_log(3);
  const std::string body = get("/w/talk").body;
  const std::string opening = "id=\"estrad-data\">";
  const std::size_t start = body.find(opening) + opening.size();
  const std::string data = body.substr(start, body.find("</script>", start) - start);
  EXPECT_THAT(data, Not(HasSubstr("<")));
  const auto json = nlohmann::json::parse(data);
  EXPECT_EQ(json["event"]["title"], "Budget & <debate>");
  EXPECT_EQ(json["event"]["starts_at"], "2026-03-10T13:00:00Z");
  EXPECT_EQ(json["log"]["next_page"], 3);
}

TEST_F(Pages, FollowTheChosenLanguage) {
  publish(event_in(EventState::kLive));
  EXPECT_THAT(get("/w/talk?lang=en").body, HasSubstr("Provided by Estrad"));
  EXPECT_THAT(get("/", "Accept-Language: en-GB,en;q=0.9\r\n").body, HasSubstr("lang=\"en\""));
}

TEST_F(Pages, AskThirdPartiesForNothingAndSetNoCookie) {
  publish(event_in(EventState::kLive));
  const Answer page = get("/w/talk");
  EXPECT_THAT(page.header("content-security-policy"), HasSubstr("default-src 'self'"));
  EXPECT_THAT(page.header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(page.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(page.header("referrer-policy"), "same-origin");
  EXPECT_EQ(page.header("set-cookie"), "");
}

TEST_F(Pages, TheEmbeddedPlayerAloneMayBeFramed) {
  publish(event_in(EventState::kLive));
  const Answer page = get("/embed/talk");
  EXPECT_THAT(page.header("content-security-policy"), HasSubstr("frame-ancestors *"));
  EXPECT_THAT(page.body, Not(HasSubstr("site-head")));
}

TEST_F(Pages, AreNotSentTwiceToWhoHasThem) {
  publish(event_in(EventState::kPlanned));
  const Answer page = get("/w/talk");
  EXPECT_EQ(get("/w/talk", "If-None-Match: " + page.header("etag") + "\r\n").status, 304);
}

TEST_F(Pages, TheProgrammeListsWhatIsPublic) {
  EXPECT_THAT(get("/").body, HasSubstr("page.programme.empty"));
  publish(event_in(EventState::kLive));
  const std::string body = get("/").body;
  EXPECT_THAT(body, HasSubstr("<a href=\"/w/talk\">Budget &amp; &lt;debate&gt;</a>"));
  EXPECT_THAT(body, HasSubstr("class=\"now\""));
  webcast::Event lobby = event_in(EventState::kLobby);
  lobby.id = "lobbylobby12";
  lobby.plan.slug = "a-lobby";
  publish(lobby);
  const std::string both = get("/").body;
  EXPECT_LT(both.find("/w/talk"), both.find("/w/a-lobby")) << "what is live comes first";
  webcast::Event unlisted = event_in(EventState::kLive);
  unlisted.plan.access = webcast::Access::kUnlisted;
  publish(unlisted);
  EXPECT_THAT(get("/").body, Not(HasSubstr("/w/talk")));
}

TEST_F(Pages, ThatAreNotThereSaySo) {
  EXPECT_EQ(get("/w/nothing").status, 404);
  EXPECT_THAT(get("/nowhere").body, HasSubstr("page.not_found.title"));
  EXPECT_EQ(get("/api/v1/nowhere").header("content-type"), "application/problem+json");
}

TEST_F(Pages, TheStudioKnowsItsSession) {
  EXPECT_THAT(get("/studio").body, HasSubstr("\"session\":null"));
  const Answer page = get("/studio", "Cookie: a=b; estrad_session=producer\r\n");
  EXPECT_THAT(page.body, HasSubstr("csrf-producer"));
  EXPECT_EQ(page.header("cache-control"), "no-store");
}

TEST_F(Pages, FilesNeverChangeUnderTheirName) {
  const Answer file = get("/static/viewer-AB12.js", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.header("content-encoding"), "gzip");
  EXPECT_THAT(file.header("cache-control"), HasSubstr("immutable"));
  EXPECT_EQ(get("/static/viewer.js").status, 404);
  EXPECT_EQ(get("/favicon.ico").header("content-type"), "image/svg+xml");
  EXPECT_THAT(get("/robots.txt").body, HasSubstr("Disallow: /api/"));
}

TEST(Assets, AreInTheProgramWithEveryTextThatItsPagesNeed) {
  const auto assets = web::load_assets();
  ASSERT_TRUE(assets) << assets.error().message;
  for (const char* name : {"viewer.js", "embed.js", "programme.js", "studio.js", "base.css",
                           "studio.css", "favicon.svg"}) {
    EXPECT_EQ((*assets)->names.count(name), 1U) << name;
  }
  for (const auto& [script, preloads] : (*assets)->preloads) {
    EXPECT_EQ((*assets)->names.count(script), 1U) << script;
    for (const auto* list : {&preloads.now, &preloads.playing}) {
      for (const std::string& name : *list) {
        EXPECT_EQ((*assets)->files.count(name), 1U) << name;
      }
    }
  }
  EXPECT_FALSE((*assets)->preloads.at("viewer.js").playing.empty()) << "hls.js";
  for (const auto language : {webcast::Language::kSv, webcast::Language::kEn}) {
    const web::Catalogue& texts = (*assets)->catalogue(language);
    for (const char* key :
         {"page.skip", "page.language", "page.footer", "page.noscript", "page.studio",
          "page.to_programme", "page.not_found.title", "page.not_found.text", "page.gone.title",
          "page.gone.text", "page.programme.title", "page.programme.now", "page.programme.next",
          "page.programme.recordings", "page.programme.empty"}) {
      EXPECT_NE(texts.text(key), key);
    }
    for (const webcast::EventState state : webcast::kEventStates) {
      for (const std::string prefix : {"state.", "stage."}) {
        const std::string key = prefix + std::string(to_string(state));
        EXPECT_NE(texts.text(key), key);
      }
    }
  }
}

TEST(Prose, LeavesOutWhatCouldRun) {
  EXPECT_THAT(web::render_prose("[x](javascript:alert(1)) <img src=x onerror=y>"),
              Not(HasSubstr("javascript")));
  EXPECT_THAT(web::render_prose("<b onclick=x>"), Not(HasSubstr("onclick")));
}

TEST(LocalTimes, AreThoseOfTheEventsZone) {
  const WallTime summer = from_epoch_ms(1'782'900'000'000);  // 2026-07-01T10:00:00Z
  const web::LocalTimes times("Europe/Stockholm", webcast::Language::kEn);
  EXPECT_EQ(times.span(summer, summer + std::chrono::hours(1)),
            "Wednesday 1 July 2026 12:00–13:00");
  EXPECT_EQ(times.span(summer, summer + std::chrono::hours(24)),
            "Wednesday 1 July 2026 12:00 – Thursday 2 July 12:00");
  EXPECT_EQ(web::utc_text(summer), "2026-07-01T10:00:00Z");
}

}  // namespace
}  // namespace estrad::test
