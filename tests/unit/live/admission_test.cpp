#include "live/admission.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace estrad::live {
namespace {

using ::testing::HasSubstr;
using Cores = std::vector<std::optional<double>>;

TEST(Admission, TheFirstStageIsTakenWhateverItCosts) {
  EXPECT_TRUE(admit(Cores(), {.processors = 1}));
  EXPECT_TRUE(admit(Cores(), {.max_live = 1, .processors = 1}));
}

TEST(Admission, AFurtherStageIsTakenWhileTheProcessorsHaveRoomForTheCostliest) {
  EXPECT_TRUE(admit(Cores{0.5, 0.6}, {.processors = 2}));
  const auto refused = admit(Cores{0.5, 0.8}, {.processors = 2});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kConflict);
  EXPECT_THAT(refused.error().message, HasSubstr("1.3 of 2"));
  EXPECT_TRUE(admit(Cores{0.5, 0.8}, {.processors = 4}));
}

TEST(Admission, AStageThatHasJustBegunCountsAsAUsualOne) {
  EXPECT_TRUE(admit(Cores{std::nullopt}, {.processors = 2}));
  EXPECT_FALSE(admit(Cores{std::nullopt, std::nullopt, std::nullopt}, {.processors = 2}));
}

TEST(Admission, ANumberOverrulesTheMeasuredProcessors) {
  EXPECT_TRUE(admit(Cores{1.9}, {.max_live = 2, .processors = 2}));
  const auto refused = admit(Cores{0.1, 0.1}, {.max_live = 2, .processors = 64});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("media.max_live"));
}

}  // namespace
}  // namespace estrad::live
