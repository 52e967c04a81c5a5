#include "config/load.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace estrad::config {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Loading : public testing::Test {
 protected:
  Loading() {
    sources_.places = {std::nullopt, "/var/lib/estrad", "/usr/share/estrad/pipelines"};
    write("{}");
  }
  void write(std::string_view text) {
    sources_.file = folder_ / "estrad.json";
    std::ofstream(*sources_.file) << text;
  }
  Settings settings() {
    auto loaded = load(sources_);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    return loaded ? loaded->settings : Settings();
  }
  std::string complaint() {
    const auto loaded = load(sources_);
    EXPECT_FALSE(loaded.has_value());
    return loaded ? "" : loaded.error().message;
  }

  test::TemporaryFolder folder_;
  Sources sources_;
};

TEST_F(Loading, WithNothingSetGivesTheDefaults) {
  const auto loaded = settings();
  EXPECT_EQ(loaded.http.listen, (HostPort{"127.0.0.1", 8080}));
  EXPECT_EQ(loaded.live.end_after, std::chrono::minutes(30));
  EXPECT_EQ(loaded.data.dir, "/var/lib/estrad");
  EXPECT_EQ(database_file(loaded), "/var/lib/estrad/estrad.db");
  EXPECT_EQ(archive_folder(loaded), "/var/lib/estrad/archive");
  EXPECT_FALSE(loaded.rtmps.listen.has_value());
}

TEST_F(Loading, LetsTheEnvironmentWinOverTheFileAndSetOverBoth) {
  write(R"({ "http": { "listen": "127.0.0.1:1" }, "hls": { "segment_ms": 3000 },
             "brand": { "name": "File" } })");
  sources_.environment = {{"ESTRAD_HTTP_LISTEN", "127.0.0.1:2"}, {"ESTRAD_BRAND_NAME", "Variable"}};
  sources_.assignments = {"http.listen=127.0.0.1:3"};
  const auto loaded = settings();
  EXPECT_EQ(loaded.http.listen.port, 3);
  EXPECT_EQ(loaded.brand.name, "Variable");
  EXPECT_EQ(loaded.hls.segment_ms, 3000U);
}

TEST_F(Loading, TakesCommentsInTheFile) {
  write("// ours\n{ /* door */ \"rtmp\": { \"listen\": \"\" } // off\n}\n");
  EXPECT_FALSE(settings().rtmp.listen.has_value());
}

TEST_F(Loading, TakesListsWithCommasOrAsJson) {
  sources_.environment = {{"ESTRAD_METRICS_ALLOW", "10.0.0.0/8, ::1"}};
  sources_.assignments = {R"(http.trusted_proxies=["192.0.2.1/32"])"};
  const auto loaded = settings();
  EXPECT_EQ(loaded.metrics.allow.size(), 2U);
  ASSERT_EQ(loaded.http.trusted_proxies.size(), 1U);
  EXPECT_EQ(loaded.http.trusted_proxies[0].text(), "192.0.2.1/32");
}

TEST_F(Loading, LetsTheDatabaseAndTheArchiveFollowTheData) {
  sources_.assignments = {"data.dir=/srv/estrad", "archive.url=file:///mnt/big"};
  const auto loaded = settings();
  EXPECT_EQ(database_file(loaded), "/srv/estrad/estrad.db");
  EXPECT_EQ(archive_folder(loaded), "/mnt/big");
}

TEST_F(Loading, DerivesAnAccentForDarkPages) {
  const auto accent = settings().brand;
  EXPECT_EQ(accent.accent, "#0f5c8c");
  EXPECT_NE(accent.accent_on_dark, accent.accent);
}

TEST_F(Loading, NamesFileLineAndTheKeyThatWasMeant) {
  write("{\n  \"http\": {\n    // a slip\n    \"lsten\": \"127.0.0.1:1\"\n  }\n}\n");
  EXPECT_EQ(complaint(), sources_.file->string() +
                             ": line 4: unknown key \"http.lsten\"; did you mean \"http.listen\"?");
}

TEST_F(Loading, NamesKeyValueAndWhatIsAllowed) {
  write("{ \"hls\": {\n\"part_ms\": 100 } }");
  EXPECT_EQ(complaint(), sources_.file->string() +
                             ": line 2: hls.part_ms: 100 is not allowed; allowed: a whole number "
                             "from 200 to 2000");
  EXPECT_EQ(load(sources_).error().field, "hls.part_ms");
}

TEST_F(Loading, NamesTheVariable) {
  sources_.environment = {{"ESTRAD_LIVE_END_AFTER", "soon"}};
  EXPECT_THAT(complaint(),
              AllOf(HasSubstr("variable ESTRAD_LIVE_END_AFTER"), HasSubstr("live.end_after"),
                    HasSubstr("\"soon\""), HasSubstr("or 0: only staff end an event")));
}

TEST_F(Loading, NamesTheAssignment) {
  sources_.assignments = {"http.listen=8080"};
  EXPECT_THAT(complaint(), AllOf(HasSubstr("--set: http.listen"), HasSubstr("\"8080\"")));
  sources_.assignments = {"http.listen"};
  EXPECT_THAT(complaint(), HasSubstr("--set key.path=value"));
  sources_.assignments = {"htp.listen=127.0.0.1:1"};
  EXPECT_THAT(complaint(), HasSubstr("did you mean \"http.listen\"?"));
}

TEST_F(Loading, RefusesAMisspeltVariableOfASection) {
  sources_.environment = {{"ESTRAD_HTTP_LISTN", "x"}};
  EXPECT_THAT(complaint(), HasSubstr("did you mean ESTRAD_HTTP_LISTEN?"));
}

TEST_F(Loading, OnlyRemarksOnVariablesThatAreNoSettings) {
  sources_.environment = {{"ESTRAD_COLOUR", "x"}};
  const auto loaded = load(sources_);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_THAT(loaded->notes, ElementsAre(HasSubstr("ESTRAD_COLOUR")));
}

TEST_F(Loading, RemarksOnWhatThisVersionDoesNotUseYet) {
  EXPECT_THAT(load(sources_)->notes, IsEmpty());
  sources_.assignments = {"mail.url=smtp://mail.example.org"};
  EXPECT_THAT(load(sources_)->notes, ElementsAre(HasSubstr("mail.url")));
}

TEST_F(Loading, RefusesWhatIsNotJsonWithItsLine) {
  write("{\n  \"http\": {\n    \"listen\" \"x\"\n");
  EXPECT_THAT(complaint(), AllOf(HasSubstr("line 3"), HasSubstr("not JSON")));
}

TEST_F(Loading, RefusesAKeyThatStandsTwice) {
  write("{ \"log\": { \"level\": \"info\",\n \"level\": \"debug\" } }");
  EXPECT_THAT(complaint(), AllOf(HasSubstr("line 2"), HasSubstr("\"log.level\" stands twice")));
}

TEST_F(Loading, RefusesASectionThatIsNoObject) {
  write("{ \"http\": 8080 }");
  EXPECT_THAT(complaint(), HasSubstr("\"http\" is a section"));
  write("[]");
  EXPECT_THAT(complaint(), HasSubstr("one object"));
  write("");
  EXPECT_THAT(complaint(), HasSubstr("not JSON"));
}

TEST_F(Loading, RefusesEndlessNesting) {
  write(std::string(100'000, '['));
  EXPECT_FALSE(complaint().empty());
  std::string deep;
  for (int i = 0; i < 10'000; ++i) {
    deep += "{\"a\":";
  }
  write(deep);
  EXPECT_THAT(complaint(), HasSubstr("nested too deep"));
}

TEST_F(Loading, RefusesAFileThatIsTooLargeOrNotThere) {
  write(std::string(2 * 1024 * 1024, ' '));
  EXPECT_THAT(complaint(), HasSubstr("larger than 1 MiB"));
  sources_.file = folder_ / "none.json";
  EXPECT_EQ(load(sources_).error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(complaint(), HasSubstr("none.json"));
}

TEST_F(Loading, RefusesAnAccentWithoutContrastAndNamesTheNearest) {
  sources_.assignments = {"brand.accent=#ffcc00"};
  EXPECT_THAT(complaint(), AllOf(HasSubstr("\"#ffcc00\""), HasSubstr("the nearest that passes is "
                                                                     "#")));
}

TEST_F(Loading, RefusesPartsThatDoNotFillTheSegment) {
  sources_.assignments = {"hls.part_ms=300"};
  EXPECT_THAT(complaint(), HasSubstr("hls.part_ms: 300 is not allowed with hls.segment_ms 2000"));
}

TEST_F(Loading, RefusesTlsWithoutACertificate) {
  sources_.assignments = {"rtmps.listen=0.0.0.0:1936"};
  EXPECT_THAT(complaint(), HasSubstr("rtmps.certificate"));
}

TEST_F(Loading, NeverShowsAPassword) {
  sources_.assignments = {"mail.url=http://user:hunter2@mail.example.org"};
  EXPECT_THAT(complaint(), AllOf(HasSubstr("mail.url"), testing::Not(HasSubstr("hunter2"))));
}

TEST(Places, OfACheckoutAreInTheCheckout) {
  const test::TemporaryFolder checkout;
  std::filesystem::create_directories(checkout / "recordings");
  std::filesystem::create_directories(checkout / "pipelines");
  std::ofstream(checkout / "recordings" / "README.md") << "x";
  std::ofstream(checkout / "CMakeLists.txt") << "x";
  for (const auto* binary : {"build/estrad", "build-asan/estrad", "build/tests/unit_app"}) {
    const auto places = find_places(checkout / binary);
    EXPECT_EQ(places.checkout, checkout.path()) << binary;
    EXPECT_EQ(places.data, checkout / "recordings") << binary;
    EXPECT_EQ(places.pipelines, checkout / "pipelines") << binary;
  }
}

TEST(Places, OfAnInstalledProgramAreTheSystems) {
  const auto places = find_places("/usr/bin/estrad");
  EXPECT_FALSE(places.checkout.has_value());
  EXPECT_EQ(places.data, "/var/lib/estrad");
  EXPECT_EQ(places.pipelines, "/usr/share/estrad/pipelines");
}

}  // namespace
}  // namespace estrad::config
