#include "ingest/rtmp/publish_address.h"

#include <gtest/gtest.h>

namespace estrad::ingest::rtmp {
namespace {

TEST(PublishAddress, TakesThePublishNameAsTheKey) {
  EXPECT_EQ(find_key("live", "k3y"), "k3y");
  EXPECT_EQ(find_key("live/room/4", "k3y"), "k3y");
  EXPECT_EQ(find_key("", "k3y"), "k3y");
}

TEST(PublishAddress, LeavesOutAQueryAndBlanks) {
  EXPECT_EQ(find_key("live", "k3y?bitrate=1"), "k3y");
  EXPECT_EQ(find_key("live?x=1", " k3y\n"), "k3y");
}

TEST(PublishAddress, TakesTheKeyFromTheApplicationWhenThereIsOnlyOneWayToReadIt) {
  EXPECT_EQ(find_key("live/k3y", ""), "k3y");
  EXPECT_EQ(find_key("live/k3y/", "?a=b"), "k3y");
  EXPECT_EQ(find_key("live", ""), std::nullopt);
  EXPECT_EQ(find_key("live/room/k3y", ""), std::nullopt);
}

TEST(PublishAddress, RefusesWhatHasNoKeysShape) {
  EXPECT_EQ(find_key("live", std::string(257, 'x')), std::nullopt);
  EXPECT_EQ(find_key("live", "k\x01y"), std::nullopt);
  EXPECT_EQ(find_key("live", "nyckel å"), std::nullopt);
}

}  // namespace
}  // namespace estrad::ingest::rtmp
