#include "ingest/rtmp/aggregate.h"

#include <gtest/gtest.h>

#include "unit/ingest/hex.h"

namespace estrad::ingest::rtmp {
namespace {

using test::hex;

Message aggregate(Bytes payload) {
  return {MessageType::kAggregate, 1, 5000, std::move(payload)};
}

TEST(Aggregate, MovesTheTimesOfItsMessagesToItsOwn) {
  const auto messages = split_aggregate(aggregate(
      hex("08 000001 000064 00 000000 aa 0000000c  09 000002 000084 00 000000 bbcc 0000000d")));
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 2U);
  EXPECT_EQ((*messages)[0], (Message{MessageType::kAudio, 1, 5000, hex("aa")}));
  EXPECT_EQ((*messages)[1], (Message{MessageType::kVideo, 1, 5032, hex("bbcc")}));
}

TEST(Aggregate, RefusesWhatIsCutOff) {
  EXPECT_FALSE(split_aggregate(aggregate(hex("08 000003 000064 00 000000 aa"))));
}

TEST(Aggregate, RefusesACrowdOfEmptyMessages) {
  EXPECT_TRUE(split_aggregate(aggregate(Bytes(std::size_t{15} * 4096))));
  EXPECT_FALSE(split_aggregate(aggregate(Bytes(std::size_t{15} * 4097))));
}

}  // namespace
}  // namespace estrad::ingest::rtmp
