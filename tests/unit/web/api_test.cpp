#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "site_fixture.h"

namespace estrad::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using webcast::EventState;

constexpr const char* kProducer = "Authorization: Bearer producer\r\n";
constexpr const char* kModerator = "Authorization: Bearer moderator\r\n";

class StaffApi : public SiteTest {
 protected:
  void SetUp() override { start(); }

  [[nodiscard]] nlohmann::json problem_of(const Answer& answer) const {
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    return nlohmann::json::parse(answer.body);
  }
};

TEST_F(StaffApi, NamesTheFieldThatItDoesNotKnow) {
  const Answer answer =
      call("POST", "/api/v1/events", kProducer, R"({"slug":"a","title":"A","colour":"red"})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(problem_of(answer)["field"], "colour");
}

TEST_F(StaffApi, NamesTheFieldThatIsMissingOrOfTheWrongKind) {
  const Answer missing = call("POST", "/api/v1/stages", kProducer, R"({"name":"Hall"})");
  EXPECT_EQ(problem_of(missing)["field"], "id");
  const Answer wrong = call("POST", "/api/v1/stages", kProducer, R"({"id":7})");
  EXPECT_EQ(problem_of(wrong)["field"], "id");
  const Answer unknown = call("POST", "/api/v1/stages", kProducer, R"({"id":"a","x":1})");
  EXPECT_EQ(problem_of(unknown)["field"], "x");
}

TEST_F(StaffApi, SaysWhereMalformedJsonBreaksOff) {
  const Answer answer = call("POST", "/api/v1/events", kProducer, R"({"slug": )");
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(problem_of(answer)["detail"].get<std::string>(), HasSubstr("byte"));
  EXPECT_EQ(call("POST", "/api/v1/events", kProducer, "[1]").status, 400);
}

TEST_F(StaffApi, MakesAndListsEvents) {
  const Answer made =
      call("POST", "/api/v1/events", kProducer, R"({"slug":"budget","title":"Budget"})");
  EXPECT_EQ(made.status, 201);
  const auto event = nlohmann::json::parse(made.body);
  EXPECT_EQ(event["slug"], "budget");
  EXPECT_THAT(event["watch_url"].get<std::string>(), HasSubstr("/w/budget"));
  const auto list = nlohmann::json::parse(get("/api/v1/events?limit=1", kProducer).body);
  EXPECT_EQ(list["items"].size(), 1U);
  EXPECT_EQ(list["next"], "talk");
}

TEST_F(StaffApi, NamesTheParameterThatIsWrong) {
  EXPECT_EQ(problem_of(get("/api/v1/events?limit=0", kProducer))["field"], "limit");
  EXPECT_EQ(problem_of(get("/api/v1/events?state=odd", kProducer))["field"], "state");
}

TEST_F(StaffApi, GivesEveryCommandItsRoute) {
  for (const webcast::Command command : webcast::kCommands) {
    const std::string name(to_string(command));
    const Answer answer = call("POST", "/api/v1/events/talk/" + name, kProducer);
    if (webcast::parse_command(name)) {
      EXPECT_EQ(answer.status, 200) << name;
      EXPECT_EQ(backend_.count("command_event " + name), 1U);
    } else {
      EXPECT_EQ(answer.status, 404) << name;
    }
  }
}

TEST_F(StaffApi, ShowsStageKeysToThoseWhoManageStages) {
  EXPECT_THAT(get("/api/v1/stages/hall", kProducer).body, HasSubstr("secret-key"));
  EXPECT_THAT(get("/api/v1/stages/hall", kModerator).body, Not(HasSubstr("secret-key")));
}

TEST_F(StaffApi, AllowsOtherMethodsNowhere) {
  const Answer answer = call("PUT", "/api/v1/events", kProducer);
  EXPECT_EQ(answer.status, 405);
  EXPECT_THAT(answer.header("allow"), HasSubstr("POST"));
}

TEST_F(StaffApi, SignsInWithACookieThatScriptsCannotRead) {
  const Answer answer = call("POST", "/api/v1/session", "",
                             R"({"email":"a@example.org","password":"a long password"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(nlohmann::json::parse(answer.body)["csrf"], "csrf-admin");
  EXPECT_THAT(answer.header("set-cookie"), HasSubstr("estrad_session=admin; Path=/; HttpOnly"));
  EXPECT_THAT(answer.header("set-cookie"), HasSubstr("SameSite=Lax"));
  EXPECT_THAT(answer.header("set-cookie"), Not(HasSubstr("Secure")));
  const Answer behind_tls = call("POST", "/api/v1/session", "X-Forwarded-Proto: https\r\n",
                                 R"({"email":"a@example.org","password":"a long password"})");
  EXPECT_THAT(behind_tls.header("set-cookie"), HasSubstr("Secure"));
}

TEST_F(StaffApi, RefusesWrongPasswordsAndSlowsDownGuessing) {
  web::SiteOptions options;
  options.loops = 1;
  options.rates.sign_in = {10, milliseconds(60'000)};
  start(options);
  int refused = 0;
  int slowed = 0;
  for (int i = 0; i < 12; ++i) {
    const int status =
        call("POST", "/api/v1/session", "", R"({"email":"a@example.org","password":"guess"})")
            .status;
    refused += status == 401 ? 1 : 0;
    slowed += status == 429 ? 1 : 0;
  }
  EXPECT_EQ(refused, 10);
  EXPECT_EQ(slowed, 2);
}

TEST_F(StaffApi, SendsConsoleMessagesAsTheyCome) {
  HttpClient talk = connect();
  talk.request("GET", "/api/v1/events/talk/console", kModerator);
  EXPECT_THAT(talk.read_until("viewers"), HasSubstr("text/event-stream"));
  HttpClient all = connect();
  all.request("GET", "/api/v1/console", kModerator);
  all.read_until("viewers");
  site_->publish_console("other", "question", "{\"id\":\"o\"}");
  site_->publish_console("talk", "question", "{\"id\":\"t\"}");
  EXPECT_THAT(talk.read_until("{\"id\":\"t\"}"), Not(HasSubstr("{\"id\":\"o\"}")));
  EXPECT_THAT(all.read_until("{\"id\":\"t\"}"), HasSubstr("event: question\ndata: {\"id\":\"o\"}"));
}

TEST_F(StaffApi, BeatsWhenNothingHappens) {
  web::SiteOptions options;
  options.heartbeat = milliseconds(20);
  start(options);
  HttpClient client = connect();
  client.request("GET", "/api/v1/console", kModerator);
  client.read_until("viewers");
  EXPECT_THAT(client.read_until("\n: \n"), HasSubstr(": "));
}

TEST_F(StaffApi, RemembersACredentialUntilItIsToldNotTo) {
  HttpClient client = connect();
  client.get("/api/v1/events", kProducer);
  client.get("/api/v1/events", kProducer);
  EXPECT_EQ(backend_.count("authenticate"), 1U);
  site_->forget_identities();
  client.get("/api/v1/events", kProducer);
  EXPECT_EQ(backend_.count("authenticate"), 2U);
}

TEST_F(StaffApi, TellsOperatorsHowItIs) {
  EXPECT_EQ(get("/healthz").body, "ok\n");
  EXPECT_EQ(get("/readyz").status, 200);
  const std::string metrics = get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("estrad_http_responses_total{code=\"2xx\"} "));
  EXPECT_THAT(metrics, HasSubstr("estrad_events 1"));
  EXPECT_EQ(get("/metrics", "X-Forwarded-For: 192.0.2.1\r\n").status, 403);
}

class ViewerApi : public SiteTest {
 protected:
  void SetUp() override {
    start();
    publish(event_in(EventState::kLive));
  }
};

TEST_F(ViewerApi, TakesAQuestionAndLetsItsAskerSeeAndWithdrawIt) {
  const Answer asked = call("POST", "/w/talk/questions", "", R"({"text":"Why?"})");
  EXPECT_EQ(asked.status, 202);
  EXPECT_EQ(nlohmann::json::parse(asked.body)["secret"], "the-secret");
  EXPECT_EQ(get("/w/talk/questions/q1", "Question-Secret: the-secret\r\n").status, 200);
  EXPECT_EQ(get("/w/talk/questions/q1", "Question-Secret: guess\r\n").status, 404);
  EXPECT_EQ(call("DELETE", "/w/talk/questions/q1", "Question-Secret: the-secret\r\n").status, 204);
}

TEST_F(ViewerApi, TellsAnEagerAskerHowLongToWait) {
  const Answer answer = call("POST", "/w/talk/questions", "", R"({"text":"too soon"})");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.header("retry-after"), "3");
}

TEST_F(ViewerApi, RefusesMalformedQuestions) {
  EXPECT_EQ(call("POST", "/w/talk/questions", "", "{\"text\":").status, 400);
  const Answer unknown = call("POST", "/w/talk/questions", "", R"({"text":"x","role":"admin"})");
  EXPECT_THAT(unknown.body, HasSubstr("\"field\":\"role\""));
  EXPECT_EQ(backend_.count("ask"), 0U);
}

TEST_F(ViewerApi, HoldsTheOpenLogPageUntilItCloses) {
  publish_log(5);
  EXPECT_EQ(get("/w/talk/log").header("cache-control"), "public, max-age=1");
  EXPECT_EQ(get("/w/talk/log/4").body, "{\"page\":4}");
  HttpClient client = connect();
  client.request("GET", "/w/talk/log/5");
  publish_log(6);
  const Answer page = client.receive();
  EXPECT_EQ(page.body, "{\"page\":5}");
  EXPECT_EQ(page.header("cache-control"), "public, max-age=30");
}

TEST_F(ViewerApi, KnowsNoLogPageFarAheadAndReadsOldOnes) {
  publish_log(5);
  EXPECT_EQ(get("/w/talk/log/7").status, 404);
  EXPECT_EQ(get("/w/talk/log/x").status, 404);
  EXPECT_EQ(get("/w/talk/log/2").body, "{\"page\":\"stored\"}");
  EXPECT_EQ(get("/w/talk/log.json?rev=1").status, 200);
}

TEST_F(ViewerApi, HasALogBeforeAnyIsPublished) {
  EXPECT_THAT(get("/w/talk/log").body, HasSubstr("\"state\":\"live\""));
}

TEST_F(ViewerApi, MayBeCalledFromOtherSites) {
  const Answer preflight = call("OPTIONS", "/w/talk/questions");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.header("access-control-allow-origin"), "*");
  EXPECT_EQ(call("OPTIONS", "/api/v1/events").header("access-control-allow-origin"), "");
}

}  // namespace
}  // namespace estrad::test
