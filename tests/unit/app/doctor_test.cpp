#include "app/doctor.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "app/doctor_checks.h"
#include "glib/handle.h"
#include "support/places.h"
#include "support/temporary_folder.h"

namespace estrad::app {
namespace {

using State = Outcome::State;
using testing::HasSubstr;

/// Every check of the doctor is shown to find its fault once.
void expect_fault(const Outcome& outcome, std::string_view finding, std::string_view remedy) {
  EXPECT_EQ(outcome.state, State::kFault) << outcome.finding;
  EXPECT_THAT(outcome.finding, HasSubstr(finding));
  EXPECT_THAT(outcome.remedy, HasSubstr(remedy));
}

TEST(Doctor, EndsWithWellWhenNothingIsAtFault) {
  std::ostringstream out;
  const std::vector<Check> checks{{"one", [] { return well("fine"); }},
                                  {"two", [] { return remark("odd", "look at it"); }}};
  EXPECT_EQ(examine(checks, out), 0);
  EXPECT_EQ(out.str(),
            "ok    one             fine\n"
            "note  two             odd\n"
            "                      → look at it\n"
            "all is well\n");
}

TEST(Doctor, EndsWith69AfterAFaultAndStillRunsTheRest) {
  std::ostringstream out;
  const std::vector<Check> checks{{"one", [] { return fault("broken", "mend it"); }},
                                  {"two", [] { return well("fine"); }}};
  EXPECT_EQ(examine(checks, out), 69);
  EXPECT_THAT(out.str(),
              HasSubstr("FAULT one             broken\n                      → mend it"));
  EXPECT_THAT(out.str(), HasSubstr("ok    two"));
  EXPECT_THAT(out.str(), HasSubstr("1 of 2 checks found a fault\n"));
}

TEST(Doctor, FindsAMissingElementAndNamesItsPackage) {
  EXPECT_EQ(check_elements(needed_elements()).state, State::kWell);
  expect_fault(check_elements({{"queue", "libgstreamer1.0-0"}, {"warpdrive", "gstreamer1.0-warp"}}),
               "missing: warpdrive", "apt-get install gstreamer1.0-warp");
}

TEST(Doctor, FindsACodecThatDoesNotWork) {
  EXPECT_EQ(check_codec(kVideoRoundTrip).state, State::kWell);
  EXPECT_EQ(check_codec(kSoundRoundTrip).state, State::kWell);
  expect_fault(check_codec("videotestsrc num-buffers=1 ! warpenc ! fakesink"), "warpenc",
               "reinstall");
  expect_fault(check_codec("videotestsrc num-buffers=1 ! identity error-after=1 ! fakesink"),
               "Failed", "reinstall");
}

TEST(Doctor, FindsAPortThatIsTaken) {
  const glib::Fd taken(socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ASSERT_EQ(bind(taken.get(), reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_EQ(listen(taken.get(), 1), 0);
  ASSERT_EQ(getsockname(taken.get(), reinterpret_cast<sockaddr*>(&address), &length), 0);

  expect_fault(check_port({"127.0.0.1", ntohs(address.sin_port)}, "rtmp.listen"),
               "Address already in use", "--set rtmp.listen=");
  expect_fault(check_port({"192.0.2.1", 0}, "http.listen"), "192.0.2.1", "http.listen");
  EXPECT_EQ(check_port({"127.0.0.1", 0}, "http.listen").state, State::kWell);
  EXPECT_EQ(check_port({"localhost", 0}, "http.listen").state, State::kWell);
}

TEST(Doctor, FindsADataFolderThatCannotBeWritten) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(check_data_folder(folder.path()).state, State::kWell);
  EXPECT_EQ(check_data_folder(folder / "not" / "yet").state, State::kWell);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));

  std::ofstream(folder / "file") << "x";
  expect_fault(check_data_folder(folder / "file" / "below"), "file", "--data");
  // Nobody, root included, makes files there.
  expect_fault(check_data_folder("/proc/estrad"), "/proc", "--data");
}

TEST(Doctor, FindsAFullDisk) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(check_disk_space(folder / "below", 1).state, State::kWell);
  expect_fault(check_disk_space(folder.path(), ~0ULL), "GiB free, less than", "--data");
}

TEST(Doctor, FindsAClockThatIsWrongAndRemarksOnOneThatIsNotKept) {
  const WallTime now{milliseconds(1'773'147'600'000)};
  EXPECT_EQ(check_clock(now, true).state, State::kWell);
  EXPECT_EQ(check_clock(now, false).state, State::kRemark);
  expect_fault(check_clock(WallTime(), true), "1970-01-01", "set-ntp");
}

TEST(Doctor, FindsAWrongConfiguration) {
  EXPECT_EQ(check_configuration({}).state, State::kWell);
  expect_fault(check_configuration(fail(invalid_field("http.lsten", "unknown key \"http.lsten\""))),
               "http.lsten", "deploy/estrad.json");
}

TEST(Doctor, FindsALadderThatCannotBeRead) {
  const test::TemporaryFolder folder;
  const auto standard = test::source_folder() / "pipelines/standard.json";
  EXPECT_EQ(check_ladder(standard).state, State::kWell);
  std::ofstream(folder / "odd.json") << "{ \"video\": 3 }";
  expect_fault(check_ladder(folder / "odd.json"), "odd.json", "media.ladder");
  expect_fault(check_ladder(folder / "none.json"), "none.json", "media.ladder");
}

TEST(Doctor, FindsADatabaseThatDoesNotOpen) {
  EXPECT_EQ(check_database([] { return Status(); }).state, State::kWell);
  expect_fault(check_database([] { return Status(fail(unavailable("no database"))); }),
               "no database", "copy");
}

TEST(Doctor, FindsFonts) {
  EXPECT_EQ(check_fonts().state, State::kWell);
}

// In a process of its own, which has not asked for fonts before: they are read once.
TEST(DoctorDeathTest, FindsThatThereIsNoFont) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const test::TemporaryFolder folder;
  const auto no_fonts = folder / "fonts.conf";
  std::ofstream(no_fonts) << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">"
                             "<fontconfig></fontconfig>";
  const auto look_for_fonts = [&] {
    setenv("FONTCONFIG_FILE", no_fonts.c_str(), 1);
    const auto outcome = check_fonts();
    std::fputs((outcome.finding + "; " + outcome.remedy).c_str(), stderr);
    std::exit(outcome.state == State::kFault ? 7 : 1);
  };
  EXPECT_EXIT(look_for_fonts(), testing::ExitedWithCode(7), "no font.*fonts-dejavu-core");
}

}  // namespace
}  // namespace estrad::app
