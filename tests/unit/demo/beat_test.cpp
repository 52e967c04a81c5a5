#include "demo/beat.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace estrad::demo {
namespace {

TEST(Beat, LightsTheFirstTenthOfEachSecond) {
  Beat beat(30);
  std::vector<int> lit;
  for (int frame = 0; frame < 75; ++frame) {
    if (beat.next(WallTime(milliseconds(500 + frame * 1000 / 30)))) {
      lit.push_back(frame);
    }
  }
  EXPECT_EQ(lit, (std::vector<int>{15, 16, 17, 45, 46, 47}));
}

TEST(Beat, LeavesTheUnfinishedFirstSecondDark) {
  Beat beat(30);
  EXPECT_FALSE(beat.next(WallTime(milliseconds(10'000))));
}

TEST(Tone, IsSilentUntilItIsOnAndAgainSoonAfter) {
  Tone tone;
  std::vector<float> samples(4800);
  tone.fill(samples, false);
  EXPECT_EQ(*std::max_element(samples.begin(), samples.end()), 0.0F);
  tone.fill(samples, true);
  EXPECT_NEAR(*std::max_element(samples.begin(), samples.end()), 0.25F, 0.01F);
  tone.fill(samples, false);
  EXPECT_EQ(*std::max_element(samples.begin() + 200, samples.end()), 0.0F);
}

TEST(Tone, IsOneKilohertz) {
  Tone tone;
  std::vector<float> samples(48'000);
  tone.fill(samples, true);
  int rises = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    rises += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
  }
  EXPECT_NEAR(rises, 1000, 2);
}

TEST(Tone, NeverJumps) {
  Tone tone;
  std::vector<float> samples(9600);
  tone.fill(std::span(samples).first(4800), true);
  tone.fill(std::span(samples).last(4800), false);
  for (std::size_t i = 1; i < samples.size(); ++i) {
    ASSERT_LT(std::abs(samples[i] - samples[i - 1]), 0.04F) << i;
  }
}

}  // namespace
}  // namespace estrad::demo
