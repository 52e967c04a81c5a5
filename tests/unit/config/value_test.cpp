#include "config/value.h"

#include <gtest/gtest.h>

namespace estrad::config {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(HostPort, TakesBothFamiliesAndTheWordLocalhost) {
  EXPECT_EQ(parse_host_port("127.0.0.1:8080").value(), (HostPort{"127.0.0.1", 8080}));
  EXPECT_EQ(parse_host_port("[::1]:0").value(), (HostPort{"::1", 0}));
  EXPECT_EQ(parse_host_port("localhost:65535").value(), (HostPort{"localhost", 65535}));
}

TEST(HostPort, RefusesWhatCannotBeListenedOn) {
  for (const auto* text :
       {"", ":", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80", "[127.0.0.1]:80",
        "[::1]", "example.org:80", "127.0.0.1:-1", "127.0.0.1:8080 ", "[]:80"}) {
    EXPECT_FALSE(parse_host_port(text).has_value()) << text;
  }
}

TEST(HostPort, PrintsWhatItParses) {
  for (const auto* text : {"127.0.0.1:8080", "[2001:db8::1]:443", "localhost:0"}) {
    EXPECT_EQ(to_string(parse_host_port(text).value()), text);
  }
}

TEST(Network, HoldsTheAddressesOfItsBlock) {
  const auto office = Network::parse("10.20.0.0/14").value();
  EXPECT_TRUE(office.contains("10.20.1.1"));
  EXPECT_TRUE(office.contains("10.23.255.255"));
  EXPECT_FALSE(office.contains("10.24.0.0"));
  EXPECT_FALSE(office.contains("::1"));
  EXPECT_FALSE(office.contains("no address"));
  EXPECT_TRUE(Network::parse("2001:db8::/33").value().contains("2001:db8:7fff::1"));
  EXPECT_FALSE(Network::parse("2001:db8::/33").value().contains("2001:db8:8000::1"));
}

TEST(Network, TakesAMappedAddressForTheIpv4AddressThatItIs) {
  EXPECT_TRUE(Network::parse("127.0.0.1/32").value().contains("::ffff:127.0.0.1"));
}

TEST(Network, IsOneAddressWithoutAPrefix) {
  const auto one = Network::parse("192.0.2.7").value();
  EXPECT_TRUE(one.contains("192.0.2.7"));
  EXPECT_FALSE(one.contains("192.0.2.8"));
}

TEST(Network, HoldsEveryAddressOfItsFamilyWithPrefixZero) {
  const auto all = Network::parse("0.0.0.0/0").value();
  EXPECT_TRUE(all.contains("203.0.113.9"));
  EXPECT_FALSE(all.contains("2001:db8::1"));
}

TEST(Network, RefusesWhatIsNoBlock) {
  for (const auto* text : {"", "/8", "10.0.0.0/33", "::1/129", "10.0.0/8", "10.0.0.0/", "ten/8"}) {
    EXPECT_FALSE(Network::parse(text).has_value()) << text;
  }
}

TEST(PortRange, TakesARangeOrOnePort) {
  EXPECT_EQ(parse_port_range("40000-40099").value(), (PortRange{40000, 40099}));
  EXPECT_EQ(parse_port_range("40000").value(), (PortRange{40000, 40000}));
  for (const auto* text : {"", "-", "0-9", "40099-40000", "1-65536", "1-2-3"}) {
    EXPECT_FALSE(parse_port_range(text).has_value()) << text;
  }
}

TEST(Duration, TakesWholeNumbersWithAUnit) {
  EXPECT_EQ(parse_duration("500ms").value(), milliseconds(500));
  EXPECT_EQ(parse_duration("1s").value(), seconds(1));
  EXPECT_EQ(parse_duration("30m").value(), minutes(30));
  EXPECT_EQ(parse_duration("24h").value(), hours(24));
  EXPECT_EQ(parse_duration("90d").value(), hours(90 * 24));
  EXPECT_EQ(parse_duration("0").value(), milliseconds(0));
}

TEST(Duration, RefusesWhatHasNoUnitOrNoEnd) {
  for (const auto* text :
       {"", "30", "m", "-1s", "1.5h", "1 s", "1w", "99999999999999999999d", "36501d"}) {
    EXPECT_FALSE(parse_duration(text).has_value()) << text;
  }
}

TEST(Duration, IsWrittenInTheLargestUnitWithoutARest) {
  for (const auto* text : {"0", "1ms", "1500ms", "90s", "30m", "24h", "36h", "90d"}) {
    EXPECT_EQ(to_string(parse_duration(text).value()), text);
  }
}

TEST(WebAddress, LosesItsClosingSlash) {
  EXPECT_EQ(parse_web_address("https://play.example.org/").value(), "https://play.example.org");
  EXPECT_EQ(parse_web_address("http://[::1]:8080/tv").value(), "http://[::1]:8080/tv");
}

TEST(WebAddress, RefusesOtherSchemesQueriesAndCredentials) {
  for (const auto* text : {"", "play.example.org", "ftp://example.org", "https://", "https:///w",
                           "https://example.org?x", "https://example.org/#x", "https://a b/",
                           "https://me@example.org"}) {
    EXPECT_FALSE(parse_web_address(text).has_value()) << text;
  }
}

TEST(LocalUrl, NamesAnAbsolutePath) {
  EXPECT_EQ(parse_local_url("sqlite", "sqlite:///var/lib/estrad/estrad.db").value(),
            "/var/lib/estrad/estrad.db");
  EXPECT_FALSE(parse_local_url("sqlite", "sqlite://estrad.db").has_value());
  EXPECT_FALSE(parse_local_url("sqlite", "postgresql://host/estrad").has_value());
}

}  // namespace
}  // namespace estrad::config
