#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/audio_line.h"
#include "pipeline/video_line.h"

namespace estrad::pipeline {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;

/// What came through: a run of equal samples as (value, count of frames).
class SoundRecorder {
 public:
  AudioLine::Push push() {
    return [this](std::span<const float> samples, std::int64_t first_frame) {
      EXPECT_EQ(first_frame, total_);
      for (std::size_t i = 0; i < samples.size(); i += kChannels) {
        if (runs_.empty() || runs_.back().first != samples[i]) {
          runs_.emplace_back(samples[i], 0);
        }
        ++runs_.back().second;
        ++total_;
      }
    };
  }
  [[nodiscard]] const std::vector<std::pair<float, std::int64_t>>& runs() const { return runs_; }

 private:
  std::vector<std::pair<float, std::int64_t>> runs_;
  std::int64_t total_ = 0;
};

std::vector<float> sound(float value, milliseconds length) {
  return std::vector<float>(static_cast<std::size_t>(length.count()) * 48 * kChannels, value);
}

TEST(AudioLine, SoundThatBeginsLateIsPrecededBySilence) {
  SoundRecorder recorder;
  AudioLine line(recorder.push());
  line.push(sound(1, milliseconds(20)), milliseconds(15));
  EXPECT_THAT(recorder.runs(), ElementsAre(std::pair(0.0F, 720), std::pair(1.0F, 960)));
}

TEST(AudioLine, RoundedTimeStampsAreLeftAlone) {
  SoundRecorder recorder;
  AudioLine line(recorder.push());
  line.push(sound(1, milliseconds(20)), milliseconds(0));
  line.push(sound(2, milliseconds(20)), milliseconds(21));
  line.push(sound(3, milliseconds(20)), milliseconds(39));
  EXPECT_THAT(recorder.runs(),
              ElementsAre(std::pair(1.0F, 960), std::pair(2.0F, 960), std::pair(3.0F, 960)));
}

TEST(AudioLine, HolesAreFilledAndOverlapsCutOff) {
  SoundRecorder recorder;
  AudioLine line(recorder.push());
  line.push(sound(1, milliseconds(100)), milliseconds(0));
  line.push(sound(2, milliseconds(100)), milliseconds(200));
  line.push(sound(3, milliseconds(100)), milliseconds(250));
  EXPECT_THAT(recorder.runs(), ElementsAre(std::pair(1.0F, 4800), std::pair(0.0F, 4800),
                                           std::pair(2.0F, 4800), std::pair(3.0F, 2400)));
}

TEST(AudioLine, SilenceStandsInOnceTheSoundHasBeenWaitedFor) {
  SoundRecorder recorder;
  AudioLine line(recorder.push());
  const MediaTime never = -seconds(10);
  line.follow_picture(milliseconds(900), never);
  EXPECT_FALSE(line.is_silent());
  line.follow_picture(milliseconds(1000), never);
  line.follow_picture(milliseconds(1040), never);
  EXPECT_TRUE(line.is_silent());
  EXPECT_THAT(recorder.runs(), ElementsAre(std::pair(0.0F, 1040 * 48)));
  line.push(sound(1, milliseconds(20)), milliseconds(1050));
  EXPECT_FALSE(line.is_silent());
  EXPECT_THAT(recorder.runs(), ElementsAre(std::pair(0.0F, 1050 * 48), std::pair(1.0F, 960)));
}

TEST(AudioLine, SoundThatIsStillBeingDecodedIsWaitedFor) {
  SoundRecorder recorder;
  AudioLine line(recorder.push());
  line.follow_picture(seconds(4), seconds(4));
  EXPECT_FALSE(line.is_silent());
  line.push(sound(1, milliseconds(20)), milliseconds(0));
  EXPECT_THAT(recorder.runs(), ElementsAre(std::pair(1.0F, 960)));
  line.follow_picture(seconds(11), seconds(11));
  EXPECT_TRUE(line.is_silent());
}

TEST(AudioLine, MeasuresHowLoudItIs) {
  SoundRecorder recorder;
  AudioLine line(recorder.push());
  line.push(sound(-0.5F, milliseconds(20)), milliseconds(0));
  const AudioLine::Level level = line.take_level();
  EXPECT_DOUBLE_EQ(level.peak, 0.5);
  EXPECT_DOUBLE_EQ(level.rms, 0.5);
  EXPECT_DOUBLE_EQ(line.take_level().peak, 0);
}

class VideoLineTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { gst_init(nullptr, nullptr); }

  void push(milliseconds time) {
    line_.push(glib::Ref<GstBuffer>::adopt(gst_buffer_new()), time, {});
  }
  [[nodiscard]] std::vector<std::int64_t> take_times() { return std::exchange(times_ms_, {}); }

  SegmentPlan plan_{{milliseconds(2000), milliseconds(500), milliseconds(100)}};
  std::vector<std::int64_t> times_ms_;
  VideoLine line_{
      plan_, milliseconds(100), [this](const glib::Ref<GstBuffer>& frame) {
        times_ms_.push_back(static_cast<std::int64_t>(GST_BUFFER_PTS(frame.get()) / 1'000'000));
      }};
};

TEST_F(VideoLineTest, TimeOnlyGrows) {
  push(milliseconds(-40));
  push(milliseconds(0));
  push(milliseconds(100));
  push(milliseconds(60));
  push(milliseconds(100));
  push(milliseconds(200));
  EXPECT_THAT(take_times(), ElementsAre(0, 100, 200));
}

TEST_F(VideoLineTest, AHoleIsFilledWithTheLastFrame) {
  push(milliseconds(0));
  push(milliseconds(520));
  EXPECT_THAT(take_times(), ElementsAre(0, 100, 200, 300, 400, 520));
}

TEST_F(VideoLineTest, WhileThePictureStandsStillTheLastFrameIsHeld) {
  push(milliseconds(0));
  line_.hold_until(milliseconds(450), {});
  push(milliseconds(300));
  push(milliseconds(500));
  EXPECT_THAT(take_times(), ElementsAre(0, 100, 200, 300, 400, 500));
}

TEST(VideoLineCutBySource, BeginsSegmentsAtTheSourcesStartsEvenWhereAPictureWasLost) {
  gst_init(nullptr, nullptr);
  SegmentPlan plan({milliseconds(2000), milliseconds(500), milliseconds(100), true});
  std::vector<std::int64_t> times_ms;
  std::vector<MediaTime> starts = {milliseconds(300), milliseconds(0)};
  VideoLine line(
      plan, milliseconds(100),
      [&](const glib::Ref<GstBuffer>& frame) {
        times_ms.push_back(static_cast<std::int64_t>(GST_BUFFER_PTS(frame.get()) / 1'000'000));
      },
      [&](MediaTime time) -> std::optional<MediaTime> {
        if (starts.empty() || starts.back() > time) {
          return std::nullopt;
        }
        const MediaTime start = starts.back();
        starts.pop_back();
        return start;
      });
  for (const int time : {0, 100, 200, 400}) {
    line.push(glib::Ref<GstBuffer>::adopt(gst_buffer_new()), milliseconds(time), {});
  }
  EXPECT_THAT(times_ms, ElementsAre(0, 100, 200, 300, 400));
  EXPECT_TRUE(plan.starts_segment(milliseconds(300)));
  EXPECT_FALSE(plan.starts_segment(milliseconds(400)));
}

TEST_F(VideoLineTest, ACutIsForTheNextFrame) {
  push(milliseconds(0));
  line_.cut();
  push(milliseconds(100));
  push(milliseconds(200));
  EXPECT_TRUE(plan_.starts_segment(milliseconds(100)));
  EXPECT_FALSE(plan_.starts_segment(milliseconds(200)));
  EXPECT_EQ(line_.finish(), milliseconds(300));
}

}  // namespace
}  // namespace estrad::pipeline
