#include <filesystem>
#include <iostream>
#include <utility>

#include "app/commands.h"
#include "app/doctor.h"
#include "app/doctor_checks.h"
#include "store/database.h"

namespace estrad::app {
namespace {

/// A database that is not there yet is made by the first start, not by a check.
Status open_database(const config::Settings& settings) {
  std::error_code ignored;
  if (!std::filesystem::exists(config::database_file(settings), ignored)) {
    return {};
  }
  return store::Database::open(settings.database.url).map([](auto) {});
}

std::vector<Check> checks_for(const config::Settings& settings, const config::Places& places,
                              const Status& loaded) {
  const auto data = settings.data.dir;
  std::vector<Check> checks{
      {"configuration", [loaded] { return check_configuration(loaded); }},
      {"elements", [] { return check_elements(needed_elements()); }},
      {"video codec", [] { return check_codec(kVideoRoundTrip); }},
      {"sound codec", [] { return check_codec(kSoundRoundTrip); }},
      {"fonts", [] { return check_fonts(); }},
      {"ladder", [file = places.pipelines /
                         (settings.media.ladder + ".json")] { return check_ladder(file); }},
      {"http port", [at = settings.http.listen] { return check_port(at, "http.listen"); }},
  };
  if (settings.rtmp.listen) {
    checks.push_back(
        {"rtmp port", [at = *settings.rtmp.listen] { return check_port(at, "rtmp.listen"); }});
  }
  checks.push_back({"data folder", [data] { return check_data_folder(data); }});
  checks.push_back({"disk space", [data] { return check_disk_space(data, kSpaceForAnHour); }});
  checks.push_back(
      {"database", [settings] { return check_database([&] { return open_database(settings); }); }});
  checks.push_back(
      {"clock", [] { return check_clock(SystemClock().wall(), is_clock_synchronised()); }});
  return checks;
}

}  // namespace

int run_doctor_command(const CommonOptions& options) {
  auto setup = set_up(options);
  const auto places = config::find_places(config::running_binary());
  // With settings that cannot be read the rest is checked as it would be by default.
  const auto settings = setup ? setup->settings : config::defaults(places);
  const Status loaded = setup ? Status() : Status(fail(setup.error()));
  return examine(checks_for(settings, places, loaded), std::cout);
}

}  // namespace estrad::app
