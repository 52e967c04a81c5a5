#include <deque>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "site_fixture.h"
#include "web/acceptor.h"
#include "web/address.h"

namespace estrad::test {
namespace {

using testing::HasSubstr;

class Limits : public SiteTest {};

TEST_F(Limits, APortThatIsTakenIsNamed) {
  start();
  web::SiteOptions options;
  options.listen = "127.0.0.1:" + std::to_string(site_->port());
  const auto second = web::Acceptor::listen(options.listen, 1);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr(options.listen));
  EXPECT_THAT(second.error().message, HasSubstr("http.listen"));
}

TEST_F(Limits, ASlowHeaderIsCutOffHoweverItDrips) {
  web::SiteOptions options;
  options.header_deadline = milliseconds(150);
  start(options);
  HttpClient client = connect();
  client.send("GET / HTTP/1.1\r\nHost: local");
  EXPECT_TRUE(client.waits_for_end());
}

TEST_F(Limits, AConnectionThatSaysNothingIsCutOff) {
  web::SiteOptions options;
  options.header_deadline = milliseconds(150);
  start(options);
  EXPECT_TRUE(connect().waits_for_end());
}

TEST_F(Limits, ASlowBodyIsCutOff) {
  web::SiteOptions options;
  options.body_deadline = milliseconds(150);
  start(options);
  HttpClient client = connect();
  client.send("POST /w/talk/questions HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{\"te");
  EXPECT_TRUE(client.waits_for_end());
}

TEST_F(Limits, AConnectionStaysForTheNextRequest) {
  web::SiteOptions options;
  options.header_deadline = milliseconds(60'000);
  start(options);
  HttpClient client = connect();
  EXPECT_EQ(client.get("/healthz").status, 200);
  EXPECT_EQ(client.get("/healthz").status, 200);
}

TEST_F(Limits, ConnectionsOfOneAddressAreCounted) {
  web::SiteOptions options;
  options.trusted_proxies = {};
  options.acceptor.connections_per_address = 2;
  start(options);
  std::deque<HttpClient> held;
  for (int i = 0; i < 2; ++i) {
    held.emplace_back(site_->port());
    EXPECT_EQ(held.back().get("/healthz").status, 200);
  }
  EXPECT_TRUE(connect().waits_for_end());
}

TEST_F(Limits, ATrustedProxyMayHoldMore) {
  web::SiteOptions options;
  options.acceptor.connections_per_address = 1;
  start(options);
  HttpClient first = connect();
  EXPECT_EQ(first.get("/healthz").status, 200);
  EXPECT_EQ(get("/healthz").status, 200);
}

TEST_F(Limits, RequestsOfOneAddressAreCounted) {
  web::SiteOptions options;
  options.loops = 1;
  options.rates.read = {2, milliseconds(60'000)};
  start(options);
  HttpClient client = connect();
  const std::string one = "X-Forwarded-For: 192.0.2.1\r\n";
  EXPECT_EQ(client.get("/healthz", one).status, 200);
  EXPECT_EQ(client.get("/healthz", one).status, 200);
  const Answer third = client.get("/healthz", one);
  EXPECT_EQ(third.status, 429);
  EXPECT_NE(third.header("retry-after"), "");
  EXPECT_EQ(client.get("/healthz", "X-Forwarded-For: 192.0.2.2\r\n").status, 200);
}

TEST_F(Limits, AQuestionOfTenMegabytesIsRefusedUnread) {
  start();
  publish(event_in(webcast::EventState::kLive));
  HttpClient client = connect();
  client.request("POST", "/w/talk/questions", "", std::string(10'000'000, 'x'));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  EXPECT_EQ(backend_.count("ask"), 0U);
  EXPECT_EQ(get("/healthz").status, 200);
}

TEST_F(Limits, ABodyThatDoesNotSayItsSizeIsCounted) {
  start();
  publish(event_in(webcast::EventState::kLive));
  HttpClient client = connect();
  client.send("POST /w/talk/questions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "2000\r\n" + std::string(0x2000, 'x') + "\r\n";
  for (int i = 0; i < 8; ++i) {
    client.send(chunk);
  }
  client.send("0\r\n\r\n");
  EXPECT_EQ(client.receive().status, 413);
}

TEST_F(Limits, GarbageDisturbsNobody) {
  start();
  HttpClient client = connect();
  client.send(std::string("\x16\x03\x01\x02\x00 not http at all\r\n\r\n", 26));
  client.receive();
  EXPECT_EQ(get("/healthz").status, 200);
}

TEST(ClientAddress, IsTakenFromTrustedProxiesOnly) {
  const auto trusted = *web::AddressRanges::create({"127.0.0.1/32", "10.0.0.0/8"});
  EXPECT_EQ(web::client_address("192.0.2.9", "198.51.100.1", trusted), "192.0.2.9");
  EXPECT_EQ(web::client_address("127.0.0.1", "198.51.100.1", trusted), "198.51.100.1");
  EXPECT_EQ(web::client_address("127.0.0.1", "203.0.113.5, 198.51.100.1, 10.1.2.3", trusted),
            "198.51.100.1");
  EXPECT_EQ(web::client_address("127.0.0.1", "[2001:db8::1]:80", trusted), "2001:db8::1");
  EXPECT_EQ(web::client_address("127.0.0.1", "rubbish", trusted), "127.0.0.1");
}

TEST(ListenAddress, SaysWhatIsWrongWithIt) {
  EXPECT_TRUE(web::parse_listen_address("[::1]:0"));
  EXPECT_FALSE(web::parse_listen_address("127.0.0.1"));
  EXPECT_FALSE(web::parse_listen_address("127.0.0.1:70000"));
  EXPECT_FALSE(web::parse_listen_address("example.org:80"));
}

}  // namespace
}  // namespace estrad::test
