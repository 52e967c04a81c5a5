#include "config/keys.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace estrad::config {
namespace {

TEST(Keys, EveryDefaultIsAllowedAndIsWrittenBackTheSame) {
  for (const auto& key : keys()) {
    Settings settings;
    const auto status = key.read(settings, key.fallback);
    ASSERT_TRUE(status.has_value()) << key.path << ": " << status.error().message;
    EXPECT_EQ(key.write(settings), key.fallback) << key.path;
  }
}

TEST(Keys, EveryKeyStandsInASectionAndSaysWhatItIsFor) {
  for (const auto& key : keys()) {
    EXPECT_NE(find_section(key.path.substr(0, key.path.find('.'))), nullptr) << key.path;
    EXPECT_FALSE(key.help.empty()) << key.path;
    EXPECT_FALSE(key.allowed.empty()) << key.path;
  }
}

TEST(Keys, NoTwoKeysShareAVariable) {
  std::set<std::string> names;
  for (const auto& key : keys()) {
    EXPECT_TRUE(names.insert(variable_name(key.path)).second) << key.path;
  }
  EXPECT_THAT(names, testing::Contains("ESTRAD_HTTP_LISTEN"));
}

TEST(Keys, NoKeyTakesAValueOfAnotherKind) {
  for (const auto& key : keys()) {
    Settings settings;
    for (const auto& value :
         {nlohmann::json(nullptr), nlohmann::json(true), nlohmann::json(-1), nlohmann::json(1.5),
          nlohmann::json::object(), nlohmann::json::array({1}), nlohmann::json("\n")}) {
      EXPECT_FALSE(key.read(settings, value).has_value()) << key.path << " takes " << value;
    }
  }
}

TEST(Keys, TheKeyThatWasMeantIsFound) {
  EXPECT_EQ(nearest_key("http.listn").path, "http.listen");
  EXPECT_EQ(nearest_key("htp.listen").path, "http.listen");
  EXPECT_EQ(nearest_key("hls.part").path, "hls.part_ms");
  EXPECT_EQ(nearest_key("brand.accentcolor").path, "brand.accent");
}

// The keys that documents promise (docs, reverse proxies, units) never change their name or
// default.
TEST(Keys, ThePromisedOnesAreThere) {
  const std::pair<const char*, nlohmann::json> promised[] = {
      {"http.listen", "127.0.0.1:8080"},
      {"http.public_url", ""},
      {"http.trusted_proxies", {"127.0.0.1/32", "::1/128"}},
      {"rtmp.listen", "0.0.0.0:1935"},
      {"rtmps.listen", ""},
      {"rtmps.certificate", ""},
      {"rtmps.key", ""},
      {"srt.listen", "0.0.0.0:8890"},
      {"whip.udp_ports", "40000-40099"},
      {"whip.public_address", ""},
      {"whip.ice_servers", nlohmann::json::array()},
      {"data.dir", ""},
      {"database.url", ""},
      {"archive.url", ""},
      {"hls.segment_ms", 2000},
      {"hls.part_ms", 500},
      {"media.ladder", "standard"},
      {"media.max_live", 0},
      {"live.end_after", "30m"},
      {"live.takeover_after", "1s"},
      {"metrics.allow", {"127.0.0.1/32", "::1/128"}},
      {"mail.url", ""},
      {"retention.address_hashes", "24h"},
      {"retention.unpublished_questions", "90d"},
      {"retention.removed_evidence", "365d"},
      {"retention.audit_trail", "730d"},
  };
  for (const auto& [path, fallback] : promised) {
    const Key* const key = find_key(path);
    ASSERT_NE(key, nullptr) << path;
    EXPECT_EQ(key->fallback, fallback) << path;
  }
}

}  // namespace
}  // namespace estrad::config
