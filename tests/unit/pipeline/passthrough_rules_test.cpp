#include "pipeline/passthrough_rules.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace estrad::pipeline {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A source at 25 pictures a second, seen by the rules of two-second segments.
class PassthroughRulesTest : public ::testing::Test {
 protected:
  void unit(milliseconds time, bool is_idr, std::size_t bytes = 1000) {
    AccessUnit unit;
    unit.data.resize(bytes);
    unit.decode = time;
    unit.presentation = time;
    unit.is_idr = is_idr;
    if (rules_.see(unit)) {
      starts_.push_back(std::chrono::duration_cast<milliseconds>(unit.presentation).count());
    }
  }
  /// Pictures up to `end`, with an IDR every `interval`.
  void source(milliseconds end, milliseconds interval, std::size_t bytes = 1000) {
    for (; time_ < end; time_ += milliseconds(40)) {
      unit(time_, time_ >= next_idr_, bytes);
      next_idr_ += time_ >= next_idr_ ? interval : milliseconds(0);
    }
  }
  [[nodiscard]] std::string reason() const {
    return rules_.ended() ? rules_.ended()->reason : std::string();
  }
  [[nodiscard]] std::int64_t end_ms() const {
    return std::chrono::duration_cast<milliseconds>(rules_.ended()->time).count();
  }

  PassthroughRules rules_{{}};
  std::vector<std::int64_t> starts_;
  milliseconds time_{0};
  milliseconds next_idr_{0};
};

TEST_F(PassthroughRulesTest, SegmentsBeginAtKeyframesTwoSecondsApart) {
  source(milliseconds(7000), milliseconds(2000));
  EXPECT_THAT(starts_, ElementsAre(0, 2000, 4000, 6000));
  EXPECT_EQ(reason(), "");
}

TEST_F(PassthroughRulesTest, KeyframesThatComeOftenMakeSegmentsOfTheUsualLength) {
  source(milliseconds(7000), milliseconds(520));
  // The first are short: it is not known yet that another keyframe follows.
  EXPECT_THAT(starts_, ElementsAre(0, 520, 1040, 2600, 4160, 5720));
}

TEST_F(PassthroughRulesTest, AnIntervalThatGrowsBeyondTheTargetDurationEndsIt) {
  source(milliseconds(4000), milliseconds(2000));
  source(milliseconds(9000), milliseconds(5000));
  EXPECT_THAT(reason(), HasSubstr("no usable keyframe"));
  EXPECT_LE(end_ms(), 4000 + 2450);
  EXPECT_GE(end_ms(), 4000 + 2300);
}

TEST_F(PassthroughRulesTest, CutsBetweenSlidesAreSegmentStartsToo) {
  source(milliseconds(2600), milliseconds(2000));
  next_idr_ = time_;
  source(milliseconds(7000), milliseconds(2000));
  EXPECT_THAT(starts_, ElementsAre(0, 2000, 2600, 4600, 6600));
  EXPECT_EQ(reason(), "");
}

TEST_F(PassthroughRulesTest, KeyframesWithoutAnyOrderEndIt) {
  for (int i = 0; i < 20; ++i) {
    next_idr_ = time_;
    source(time_ + milliseconds(i % 3 == 2 ? 2000 : 240), milliseconds(10'000));
  }
  EXPECT_THAT(reason(), HasSubstr("irregularly"));
}

TEST_F(PassthroughRulesTest, AHoleAsLongAsAPartEndsItAtTheLastPicture) {
  source(milliseconds(1000), milliseconds(2000));
  unit(milliseconds(1200), false);
  EXPECT_EQ(reason(), "");
  unit(milliseconds(1700), false);
  EXPECT_THAT(reason(), HasSubstr("no picture for 0.5 s"));
  EXPECT_GT(end_ms(), 1200);
  EXPECT_LT(end_ms(), 1700);
}

TEST_F(PassthroughRulesTest, MoreBitsThanTheCapEndItOneDearSegmentDoesNot) {
  rules_.limit_bitrate(1'000'000);
  source(milliseconds(2000), milliseconds(2000), 1000);
  source(milliseconds(4000), milliseconds(2000), 9000);
  source(milliseconds(6000), milliseconds(2000), 1000);
  EXPECT_EQ(reason(), "");
  source(milliseconds(16'000), milliseconds(2000), 9000);
  EXPECT_THAT(reason(), HasSubstr("1800 kbit/s, more than the ladder's 1000"));
}

TEST_F(PassthroughRulesTest, ACutBeginsASegmentAtTheNextKeyframe) {
  source(milliseconds(1500), milliseconds(480));
  rules_.cut();
  source(milliseconds(5000), milliseconds(480));
  EXPECT_THAT(starts_, ElementsAre(0, 480, 960, 1920, 3840));
}

TEST_F(PassthroughRulesTest, ReorderedPicturesAreDecodedWhenTheIdrIsPresented) {
  AccessUnit idr{Bytes(10), milliseconds(-80), milliseconds(0), true, {}};
  AccessUnit p{Bytes(10), milliseconds(-40), milliseconds(80), false, {}};
  AccessUnit b{Bytes(10), milliseconds(0), milliseconds(40), false, {}};
  for (AccessUnit* unit : {&idr, &p, &b}) {
    rules_.see(*unit);
  }
  EXPECT_EQ(idr.decode, milliseconds(0));
  EXPECT_EQ(p.decode, milliseconds(40));
  EXPECT_EQ(b.decode, milliseconds(80));
  EXPECT_GE(b.presentation + rules_.reorder_delay(), b.decode);
  EXPECT_EQ(reason(), "");
}

TEST_F(PassthroughRulesTest, TimesThatGoBackAndKeyframesWithoutIdrEndIt) {
  source(milliseconds(200), milliseconds(2000));
  unit(milliseconds(100), false);
  EXPECT_THAT(reason(), HasSubstr("go back"));
  PassthroughRules other{{}};
  AccessUnit open_gop{Bytes(10), milliseconds(0), milliseconds(0), false, {}};
  EXPECT_FALSE(other.see(open_gop));
  EXPECT_THAT(other.ended()->reason, HasSubstr("no IDR"));
}

}  // namespace
}  // namespace estrad::pipeline
