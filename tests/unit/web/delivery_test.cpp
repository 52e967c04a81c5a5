#include <deque>

#include <gmock/gmock.h>

#include "site_fixture.h"

namespace estrad::test {
namespace {

using testing::HasSubstr;
using webcast::EventState;

class Delivery : public SiteTest {
 protected:
  void SetUp() override {
    start();
    publish(event_in(EventState::kLive));
    publish_edge(17, 1);
  }
};

TEST_F(Delivery, GivesTheMultivariantPlaylistForASecond) {
  const Answer answer = get("/w/talk/index.m3u8");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "#EXTM3U\ntaketake/v720.m3u8\n");
  EXPECT_EQ(answer.header("content-type"), "application/vnd.apple.mpegurl");
  EXPECT_EQ(answer.header("cache-control"), "public, max-age=1");
  EXPECT_EQ(answer.header("access-control-allow-origin"), "*");
  EXPECT_THAT(answer.header("access-control-expose-headers"), HasSubstr("ETag"));
}

TEST_F(Delivery, AnswersABlockingReloadWithTheSnapshotThatHasThePart) {
  HttpClient client = connect();
  client.request("GET", "/w/talk/taketake/v720.m3u8?_HLS_msn=17&_HLS_part=2");
  // Answered in order on the same loop: the request above waits by now.
  EXPECT_EQ(get("/healthz").status, 200);
  publish_edge(17, 2);
  publish_edge(17, 3);
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "#EXTM3U edge 17.3\n");
  EXPECT_EQ(answer.header("cache-control"), "public, max-age=12");
}

TEST_F(Delivery, GivesADeltaUpdateToWhoAsksForOne) {
  publish_edge(17, 2);
  EXPECT_EQ(get("/w/talk/taketake/v720.m3u8?_HLS_skip=YES").body, "#EXTM3U delta to 17.2\n");
  EXPECT_EQ(get("/w/talk/taketake/v720.m3u8?_HLS_skip=v2").body, "#EXTM3U delta to 17.2\n");
  EXPECT_EQ(get("/w/talk/taketake/v720.m3u8").body, "#EXTM3U edge 17.2\n");
}

TEST_F(Delivery, AnswersFiveHundredWaitingViewersByOneUpdateAlike) {
  std::deque<HttpClient> viewers;
  for (int i = 0; i < 500; ++i) {
    viewers.emplace_back(site_->port());
    viewers.back().request("GET", "/w/talk/taketake/v720.m3u8?_HLS_msn=17&_HLS_part=1");
  }
  publish_edge(17, 2);
  for (HttpClient& viewer : viewers) {
    const Answer answer = viewer.receive();
    ASSERT_EQ(answer.status, 200);
    ASSERT_EQ(answer.body, "#EXTM3U edge 17.2\n");
  }
}

TEST_F(Delivery, HoldsTheHintedPartUntilItIsReady) {
  HttpClient client = connect();
  client.request("GET", "/w/talk/taketake/v720/1-17.1.m4s");
  publish_edge(17, 2);
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "[17.1]");
  EXPECT_EQ(answer.header("cache-control"), "public, max-age=86400, immutable");
}

TEST_F(Delivery, JoinsASegmentFromItsParts) {
  const Answer answer = get("/w/talk/taketake/v720/1-16.m4s");
  EXPECT_EQ(answer.body, "[16.0][16.1][16.2][16.3][16.4]");
  EXPECT_EQ(answer.header("content-type"), "video/mp4");
  EXPECT_EQ(get("/w/talk/taketake/v720/init-1.mp4").body, "init");
}

TEST_F(Delivery, AnswersRangesAcrossParts) {
  const std::string path = "/w/talk/taketake/v720/1-16.m4s";
  const Answer middle = get(path, "Range: bytes=5-9\r\n");
  EXPECT_EQ(middle.status, 206);
  EXPECT_EQ(middle.body,
            "]"
            "[16.");
  EXPECT_EQ(middle.header("content-range"), "bytes 5-9/30");
  EXPECT_EQ(get(path, "Range: bytes=-4\r\n").body, "6.4]");
  EXPECT_EQ(get(path, "Range: bytes=40-50\r\n").status, 416);
  EXPECT_EQ(get(path, "Range: bytes=0-1,4-5\r\n").status, 200);
}

TEST_F(Delivery, AnswersConditionalAndHeadRequestsWithoutABody) {
  const std::string path = "/w/talk/taketake/v720.m3u8";
  const Answer first = get(path);
  const Answer again = get(path, "If-None-Match: " + first.header("etag") + "\r\n");
  EXPECT_EQ(again.status, 304);
  const Answer head = call("HEAD", path);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), std::to_string(first.body.size()));
}

TEST_F(Delivery, PacksPlaylistsForThoseWhoTakeIt) {
  const Answer answer = get("/w/talk/taketake/v720.m3u8", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(answer.header("content-encoding"), "gzip");
  EXPECT_EQ(answer.header("vary"), "Accept-Encoding");
}

TEST_F(Delivery, RefusesWhatTheStandardRefuses) {
  EXPECT_EQ(get("/w/talk/taketake/v720.m3u8?_HLS_part=1").status, 400);
  const Answer far = get("/w/talk/taketake/v720.m3u8?_HLS_msn=40");
  EXPECT_EQ(far.status, 400);
  EXPECT_EQ(far.header("cache-control"), "public, max-age=1");
  EXPECT_EQ(get("/w/talk/taketake/v720/1-99.m4s").status, 404);
  EXPECT_EQ(get("/w/talk/taketake/v720/passwd").status, 404);
}

TEST_F(Delivery, ReadsFromTheRecordingWhatHasLeftTheWindow) {
  EXPECT_EQ(get("/w/talk/taketake/v720/1-3.m4s").body, "recorded bytes");
  EXPECT_EQ(backend_.count("read_media v720/1-3.m4s"), 1U);
}

TEST_F(Delivery, AnswersWhoeverWaitsFromTheRecordingWhenTheChannelCloses) {
  HttpClient client = connect();
  client.request("GET", "/w/talk/taketake/v720.m3u8?_HLS_msn=17&_HLS_part=2");
  site_->close_channel(kTake);
  EXPECT_EQ(client.receive().body, "#EXTM3U\n#EXT-X-ENDLIST\n");
  EXPECT_EQ(get("/w/talk/index.m3u8").body, "#EXTM3U\n#EXT-X-ENDLIST\n");
}

TEST_F(Delivery, AnswersEverybodyAtOnceAfterTheEnd) {
  publish_edge(17, 1, true);
  const Answer answer = get("/w/talk/taketake/v720.m3u8?_HLS_msn=30");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("cache-control"), "public, max-age=1");
}

TEST_F(Delivery, GivesUpABlockedReloadAfterThreeTargetDurations) {
  const Answer answer = get("/w/talk/taketake/v720.m3u8?_HLS_msn=17&_HLS_part=2");
  EXPECT_EQ(answer.status, 503);
}

TEST_F(Delivery, CountsThePlayersThatWaitedForTheNewestPart) {
  std::deque<HttpClient> viewers;
  for (int i = 0; i < 3; ++i) {
    viewers.emplace_back(site_->port());
    viewers.back().request("GET", "/w/talk/taketake/v720.m3u8?_HLS_msn=17&_HLS_part=1");
  }
  // Two connections later both loops have read the requests above.
  EXPECT_EQ(get("/healthz").status, 200);
  EXPECT_EQ(get("/healthz").status, 200);
  publish_edge(17, 2);
  for (HttpClient& viewer : viewers) {
    viewer.receive();
  }
  EXPECT_EQ(site_->count_viewers(kTake), 3U);
}

}  // namespace
}  // namespace estrad::test
