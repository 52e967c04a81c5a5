// bench_load: viewers at the live edge of one event, and what they got. See --help and
// docs/BENCHMARKS.md; tests/bench/viewers.mjs starts a server and feeds it.
#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "crowd.h"

namespace estrad::load {
namespace {

struct Options {
  std::string event;
  std::string rendition;
  bool follows_audio = false;
  bool is_plain = false;
  CrowdOptions crowd;
};

/// The viewers' link of an event: `http://127.0.0.1:8080/w/budget-day`.
Result<Target> read_event(const std::string& link) {
  const std::string_view start = "http://127.0.0.1:";
  const std::size_t slash = link.find('/', start.size());
  const auto port = link.starts_with(start) && slash != std::string::npos
                        ? parse_u64(link.substr(start.size(), slash - start.size()))
                        : std::nullopt;
  if (!port || *port == 0 || *port > 65'535) {
    return fail(invalid_input("\"" + link + "\" is no link like http://127.0.0.1:8080/w/SLUG " +
                              "(only servers on this machine are put under load)"));
  }
  Target target;
  target.server = {static_cast<std::uint16_t>(*port), "127.0.0.1:" + std::to_string(*port)};
  target.multivariant = link.substr(slash) + "/index.m3u8";
  return target;
}

Status run(const Options& options) {
  auto video = read_event(options.event);
  if (!video) {
    return fail(std::move(video).error());
  }
  video->takes_gzip = !options.is_plain;
  std::vector<Target> targets(1, *video);
  targets.front().rendition = options.rendition;
  if (options.follows_audio) {
    targets.push_back(*video);
    targets.back().is_audio = true;
  }
  auto crowd = Crowd::create(std::move(targets), options.crowd);
  if (!crowd) {
    return fail(std::move(crowd).error());
  }
  const nlohmann::json result = (*crowd)->run([] { std::cerr << "measuring" << std::endl; });
  std::cout << result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
  return {};
}

}  // namespace
}  // namespace estrad::load

int main(int argc, char** argv) {
  estrad::load::Options options;
  std::size_t joining = 5;
  std::size_t measuring = 60;
  CLI::App app("Viewers at the live edge of one event on this machine; prints what they got.");
  app.add_option("EVENT", options.event, "The viewers' link: http://127.0.0.1:8080/w/SLUG")
      ->required();
  app.add_option("--viewers", options.crowd.viewers, "How many")->check(CLI::Range(1, 20'000));
  app.add_option("--joining", joining, "Seconds over which they join")->check(CLI::Range(0, 600));
  app.add_option("--seconds", measuring, "Seconds that are measured then")
      ->check(CLI::Range(1, 3600));
  app.add_option("--rendition", options.rendition, "Part of a rendition's name; default: first");
  app.add_flag("--audio", options.follows_audio, "Each follows the audio track as well");
  app.add_flag("--plain", options.is_plain, "Do not take gzip");
  CLI11_PARSE(app, argc, argv);
  options.crowd.joining = std::chrono::seconds(joining);
  options.crowd.measuring = std::chrono::seconds(measuring);
  if (const auto done = estrad::load::run(options); !done) {
    std::cerr << "bench_load: " << done.error().message << std::endl;
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
