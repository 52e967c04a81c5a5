/// What the playlists of a long event cost: memory, and time to put them together.
///
///   build/tests/bench_rewind [hours=3]
///
/// A time line with the standard ladder (four rungs and sound) at its highest rates, in the order
/// and the sizes that a live event gives, as fast as it goes.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "hls/timeline.h"
#include "support/cmaf.h"

namespace {

using namespace estrad;

constexpr std::uint32_t kPartsInSegment = 4;
constexpr std::uint64_t kPartMs = 500;

hls::Track track(std::string name, hls::TrackKind kind, std::uint32_t timescale,
                 std::uint64_t bitrate) {
  hls::Track track;
  track.name = std::move(name);
  track.kind = kind;
  track.codecs = kind == hls::TrackKind::kVideo ? "avc1.64001f" : "mp4a.40.2";
  track.timescale = timescale;
  track.bitrate = bitrate;
  return track;
}

std::vector<hls::Track> ladder() {
  using Kind = hls::TrackKind;
  return {track("v1080", Kind::kVideo, 90'000, 5'000'000),
          track("v720", Kind::kVideo, 90'000, 2'800'000),
          track("v480", Kind::kVideo, 90'000, 1'200'000),
          track("v360", Kind::kVideo, 90'000, 700'000), track("a0", Kind::kAudio, 48'000, 128'000)};
}

double resident_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) {
      return std::stod(line.substr(6)) / 1024;
    }
  }
  return 0;
}

class Event {
 public:
  Event() : timeline_(ladder(), recorded()) {
    for (std::size_t i = 0; i < timeline_.tracks().size(); ++i) {
      static_cast<void>(timeline_.set_init(i, share(test::make_init("rewind"))));
      const std::uint64_t size = timeline_.tracks()[i].bitrate * kPartMs / 8'000;
      fragments_.push_back(share(test::make_fragment(0, size)));
    }
  }

  /// One segment on all tracks; every part is announced and its playlist's state made.
  void segment(std::uint32_t number) {
    for (std::uint32_t part = 0; part < kPartsInSegment; ++part) {
      for (std::size_t i = 0; i < timeline_.tracks().size(); ++i) {
        add(i, number, part);
      }
    }
  }

  [[nodiscard]] hls::TrackSnapshotPtr snapshot(std::size_t track) {
    return timeline_.snapshot(track);
  }

 private:
  /// As a take is: the archive has what is older than the skip boundary.
  static hls::TimelineOptions recorded() {
    hls::TimelineOptions options;
    options.keeps_older = false;
    return options;
  }

  void add(std::size_t track, std::uint32_t number, std::uint32_t part) {
    const std::uint64_t ms = (std::uint64_t{number} * kPartsInSegment + part) * kPartMs;
    const std::uint32_t timescale = timeline_.tracks()[track].timescale;
    hls::Fragment fragment;
    fragment.segment = number;
    fragment.part = part;
    fragment.is_independent = part == 0;
    fragment.is_last = part + 1 == kPartsInSegment;
    fragment.decode_time = ms * timescale / 1000;
    fragment.duration = static_cast<std::uint32_t>(kPartMs * timescale / 1000);
    fragment.arrived = from_epoch_ms(1'773'147'600'000 + static_cast<std::int64_t>(ms));
    fragment.bytes = fragments_[track];
    const auto placed = timeline_.add(track, std::move(fragment));
    for (const hls::PlacedPart& each : placed.value()) {
      timeline_.announce(each.track, each.part);
      newest_ = timeline_.snapshot(each.track);
    }
  }

  hls::Timeline timeline_;
  std::vector<SharedBytes> fragments_;
  hls::TrackSnapshotPtr newest_;
};

template <typename Work>
double milliseconds_of(Work work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun)
      .count();
}

}  // namespace

int main(int argc, char** argv) {
  double hours = 3;
  if (argc > 1) {
    const std::string_view text(argv[1]);
    std::from_chars(text.data(), text.data() + text.size(), hours);
  }
  const auto segments = static_cast<std::uint32_t>(hours * 1800);
  constexpr std::uint32_t kWarm = 30;
  Event event;
  const double empty = resident_mb();
  for (std::uint32_t i = 0; i < kWarm; ++i) {
    event.segment(i);
  }
  const double minute = resident_mb();
  const double building = milliseconds_of([&] {
    for (std::uint32_t i = kWarm; i < segments; ++i) {
      event.segment(i);
    }
  });
  const double whole_event = resident_mb();
  const auto snapshot = event.snapshot(1);
  const double delta = milliseconds_of([&] { static_cast<void>(snapshot->delta_update()); });
  const double whole = milliseconds_of([&] { static_cast<void>(snapshot->playlist()); });
  std::printf("%g h, 5 tracks: %.1f MB after a minute, %.1f MB at the end (%.1f MB before)\n",
              hours, minute - empty, whole_event - empty, empty);
  std::printf("placing and announcing: %.3f ms for each second of the event\n",
              building / (hours * 3600));
  std::printf(
      "a track's delta update: %zu bytes, %zu packed, %.2f ms; whole playlist: %zu bytes, "
      "%zu packed, %.2f ms\n",
      snapshot->delta_update().plain->size(), snapshot->delta_update().gzip->size(), delta,
      snapshot->playlist().plain->size(), snapshot->playlist().gzip->size(), whole);
  return 0;
}
