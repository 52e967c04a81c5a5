#include "pipeline/ladder.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/places.h"
#include "support/temporary_folder.h"

namespace estrad::pipeline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::filesystem::path kPipelines = test::source_folder() / "pipelines";

Ladder standard() {
  return load_ladder(kPipelines / "standard.json").value();
}

std::vector<std::string> described(const std::vector<Rung>& rungs) {
  std::vector<std::string> texts;
  for (const Rung& rung : rungs) {
    texts.push_back(rung.name + " " + std::to_string(rung.width) + "x" +
                    std::to_string(rung.height));
  }
  return texts;
}

TEST(Ladder, TheStandardLadderLoads) {
  const Ladder ladder = standard();
  EXPECT_EQ(ladder.video.size(), 4U);
  EXPECT_EQ(ladder.video_encoder.element, "x264enc");
  EXPECT_EQ(ladder.audio_encoder.element, "avenc_aac");
}

TEST(Ladder, AFullSourceGetsEveryRung) {
  EXPECT_THAT(described(choose_rungs(standard(), {1920, 1080})),
              ElementsAre("v1080 1920x1080", "v720 1280x720", "v480 854x480", "v360 640x360"));
}

TEST(Ladder, RungsAboveTheSourceAreLeftOut) {
  EXPECT_THAT(described(choose_rungs(standard(), {1280, 720})),
              ElementsAre("v720 1280x720", "v480 854x480", "v360 640x360"));
}

TEST(Ladder, OtherShapesKeepTheirs) {
  EXPECT_THAT(described(choose_rungs(standard(), {1440, 1080})),
              ElementsAre("v1080 1440x1080", "v720 960x720", "v480 640x480", "v360 480x360"));
  EXPECT_THAT(described(choose_rungs(standard(), {720, 1280})),
              ElementsAre("v720 720x1280", "v480 480x854", "v360 360x640"));
  EXPECT_THAT(described(choose_rungs(standard(), {1280, 536})),
              ElementsAre("v720 1280x536", "v480 854x358", "v360 640x268"));
}

TEST(Ladder, NothingIsEnlargedAndOddSizesBecomeEven) {
  EXPECT_THAT(described(choose_rungs(standard(), {1279, 719})),
              ElementsAre("v720 1278x718", "v480 854x480", "v360 640x360"));
  EXPECT_THAT(described(choose_rungs(standard(), {321, 181})), ElementsAre("v180 320x180"));
}

class BrokenLadder : public ::testing::Test {
 protected:
  std::string message_for(std::string_view text) {
    std::ofstream(folder_ / "broken.json") << text;
    const auto ladder = load_ladder(folder_ / "broken.json");
    return ladder ? "no error" : ladder.error().message;
  }

 private:
  test::TemporaryFolder folder_;
};

TEST(Ladder, EveryShippedPresetLoads) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kPipelines)) {
    if (entry.path().extension() == ".json") {
      const auto ladder = load_ladder(entry.path());
      EXPECT_TRUE(ladder) << ladder.error().message;
      ++count;
    }
  }
  EXPECT_GE(count, 5U);
}

TEST(Ladder, PassthroughIsByTheLineThatTheRungIsOf) {
  const Ladder ladder = standard();
  EXPECT_EQ(passthrough_cap(ladder, {"v720", 1280, 720, 0}), 6'000'000U);
  EXPECT_EQ(passthrough_cap(ladder, {"v240", 426, 240, 0}), 2'000'000U);
  EXPECT_EQ(
      passthrough_cap(load_ladder(kPipelines / "encoded.json").value(), {"v720", 1280, 720, 0}),
      0U);
}

TEST_F(BrokenLadder, ErrorsNameTheFileTheLineAndTheKey) {
  EXPECT_THAT(
      message_for("{\n  \"video\": [\n    {\"height\": 360,\n     \"bitrate\": 700000}\n    {"),
      HasSubstr("broken.json: line 5: not JSON"));
  EXPECT_THAT(message_for("{\n\"video\": [\n{\"height\": 360, \"bitrate\": 700000},\n"
                          "{\"height\": 240,\n\"bitrate\": -1}]}"),
              HasSubstr("broken.json: line 5: video[1].bitrate is -1"));
  EXPECT_THAT(
      message_for("{\n\"video\": [\n{\"height\": 360, \"bitrate\": 700000},\n{\"height\": 360, "
                  "\"bitrate\": 1000000}]}"),
      HasSubstr("line 4: video[1].height is 360; rungs stand highest first"));
  EXPECT_THAT(message_for("{\n\"video\": [{\"height\": 360, \"bitrate\": 700000}],\n"
                          "\"audio\": {\"bitrate\": 96000},\n\"sound\": 1}"),
              HasSubstr("line 4: sound is not known; allowed here: video, audio, encoders"));
  EXPECT_THAT(message_for("{\n\"video\": [{\"height\": 360, \"bitrate\": 700000}],\n"
                          "\"video\": []}"),
              HasSubstr("line 3: \"video\" stands twice"));
  EXPECT_THAT(message_for("{\n\"video\": [{\"height\": 360, \"bitrate\": 700000}],\n"
                          "\"audio\": {\"bitrate\": 96000},\n"
                          "\"encoders\": {\n\"video\": \"../x264\", \"audio\": \"aac\"}}"),
              HasSubstr("line 5: encoders.video is \"../x264\""));
}

TEST_F(BrokenLadder, ErrorsNameTheFileAndTheKey) {
  EXPECT_THAT(message_for("{"), HasSubstr("broken.json"));
  EXPECT_THAT(message_for("{}"), HasSubstr("video is missing"));
  EXPECT_THAT(message_for(R"({"video": []})"), HasSubstr("video must be a list of 1 to 8"));
  EXPECT_THAT(message_for(R"({"video": [{"height": "tall", "bitrate": 1000000}]})"),
              HasSubstr("video[0].height is \"tall\"; it takes a number from 32 to 4096"));
  EXPECT_THAT(message_for(R"({"video": [{"height": 360, "bitrate": 700000}]})"),
              HasSubstr("audio is missing"));
  EXPECT_THAT(message_for(R"({"video": [{"height": 360, "bitrate": 700000}],
                              "audio": {"bitrate": 96000},
                              "encoders": {"video": "none", "audio": "none"}})"),
              HasSubstr("encoders/none.json: cannot be opened"));
}

TEST(Frozen, ReadsExactRungs) {
  const auto frozen = parse_frozen(
      R"({"video":[{"name":"v720","width":1280,"height":720,"bitrate":2800000,"frame_rate":25}],
          "audio":{"name":"a0","bitrate":96000,"language":"sv"}})");
  ASSERT_TRUE(frozen);
  EXPECT_EQ(frozen->video.front(), (Rung{"v720", 1280, 720, 2'800'000}));
  EXPECT_EQ(frozen->frame_rate, 25);
  EXPECT_EQ(frozen->language, "sv");
  EXPECT_FALSE(parse_frozen("[]"));
  EXPECT_FALSE(parse_frozen(R"({"video":[{"name":"v720"}]})"));
}

}  // namespace
}  // namespace estrad::pipeline
