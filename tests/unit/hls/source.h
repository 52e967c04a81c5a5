#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "hls/timeline.h"
#include "support/cmaf.h"

namespace estrad::hls::test {

using estrad::test::make_fragment;
using estrad::test::make_init;

inline Track video_track() {
  Track track;
  track.name = "v720";
  track.kind = TrackKind::kVideo;
  track.codecs = "avc1.64001f";
  track.width = 1280;
  track.height = 720;
  track.frame_rate = 30;
  track.timescale = 90000;
  track.bitrate = 2'500'000;
  return track;
}

inline Track audio_track() {
  Track track;
  track.name = "a0";
  track.kind = TrackKind::kAudio;
  track.codecs = "mp4a.40.2";
  track.timescale = 48000;
  track.bitrate = 128'000;
  track.sample_rate = 48000;
  track.channels = 2;
  return track;
}

inline constexpr std::size_t kVideo = 0;
inline constexpr std::size_t kAudio = 1;
inline constexpr std::int64_t kStartMs = 1'773'147'600'000;  // 2026-03-10T13:00:00Z

/// A worker as the time line sees it: 2 s segments, four video parts of half a second, audio parts
/// of 24 frames that end at the frame nearest to the video's end. Announces at once what it is told
/// was placed.
class Source {
 public:
  explicit Source(Timeline& timeline, std::int64_t starts_ms = kStartMs)
      : timeline_(timeline), starts_ms_(starts_ms) {}

  void begin(std::string_view init = "feed") {
    for (std::size_t i = 0; i < timeline_.tracks().size(); ++i) {
      static_cast<void>(timeline_.set_init(i, share(make_init(init))).value());
    }
  }

  void segments(std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t s = first; s < first + count; ++s) {
      for (std::uint32_t part = 0; part < 4; ++part) {
        video(s, part);
        audio(s, part);
      }
    }
  }

  std::vector<PlacedPart> video(std::uint32_t segment, std::uint32_t part) {
    Fragment fragment;
    fragment.decode_time = segment * 180000ULL + part * 45000ULL;
    fragment.duration = 45000;
    fragment.is_independent = part == 0;
    return give(kVideo, segment, part, fragment);
  }

  std::vector<PlacedPart> audio(std::uint32_t segment, std::uint32_t part) {
    Fragment fragment;
    const std::uint64_t first = first_frame(segment) + part * 24ULL;
    const std::uint64_t end = part == 3 ? first_frame(segment + 1) : first + 24;
    fragment.decode_time = first * 1024;
    fragment.duration = static_cast<std::uint32_t>((end - first) * 1024);
    return give(kAudio, segment, part, fragment);
  }

  static void announce(Timeline& timeline, const std::vector<PlacedPart>& placed) {
    for (const PlacedPart& one : placed) {
      timeline.announce(one.track, one.part);
    }
  }

 private:
  static std::uint64_t first_frame(std::uint64_t segment) { return (segment * 96000 + 512) / 1024; }

  std::vector<PlacedPart> give(std::size_t track, std::uint32_t segment, std::uint32_t part,
                               Fragment fragment) {
    fragment.segment = segment;
    fragment.part = part;
    fragment.is_last = part == 3;
    const auto since = fragment.decode_time * 1000 / timeline_.tracks()[track].timescale;
    fragment.arrived = from_epoch_ms(starts_ms_ + static_cast<std::int64_t>(since));
    fragment.bytes = share(make_fragment(fragment.decode_time));
    auto placed = timeline_.add(track, std::move(fragment)).value();
    announce(timeline_, placed);
    return placed;
  }

  Timeline& timeline_;
  std::int64_t starts_ms_;
};

inline std::string text_of(const TrackSnapshotPtr& snapshot) {
  return std::string(as_text(*snapshot->playlist().plain));
}

}  // namespace estrad::hls::test
