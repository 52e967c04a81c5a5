#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "archive/archive.h"
#include "hls/timeline.h"
#include "support/cmaf.h"
#include "support/temporary_folder.h"

namespace estrad::archive::test {

using estrad::test::make_fragment;
using estrad::test::make_init;

inline const TakeAddress kTake{"budget-day", "t4k3"};
inline constexpr std::int64_t kStartMs = 1'773'147'600'000;  // 2026-03-10T13:00:00Z

inline TakeInfo take_info() {
  TakeInfo info;
  info.address = kTake;
  info.started_at = from_epoch_ms(kStartMs);
  hls::Track video;
  video.name = "v720";
  video.codecs = "avc1.64001f";
  video.width = 1280;
  video.height = 720;
  video.frame_rate = 30;
  video.bitrate = 2'500'000;
  hls::Track audio;
  audio.name = "a0";
  audio.kind = hls::TrackKind::kAudio;
  audio.codecs = "mp4a.40.2";
  audio.timescale = 48000;
  audio.bitrate = 128'000;
  info.tracks = {video, audio};
  return info;
}

inline void must(const Status& status) {
  EXPECT_TRUE(status) << (status ? "" : status.error().message);
}

/// A time line and the take that it is recorded to, fed with segments of two parts of one second,
/// on both tracks.
class Broadcast {
 public:
  Broadcast(const TakeInfo& info, TakeWriter& writer)
      : writer_(writer), timeline_(info.tracks, {}) {}
  explicit Broadcast(ResumedTake& resumed)
      : writer_(*resumed.writer), timeline_(resumed.info.tracks, {}, std::move(resumed.state)) {}

  void begin(std::string_view init) {
    write(timeline_.begin_discontinuity(hls::StretchStart::kOwnEnd));
    for (std::size_t i = 0; i < timeline_.tracks().size(); ++i) {
      const Bytes bytes = make_init(init);
      const auto made = timeline_.set_init(i, share(bytes)).value();
      if (made.is_new) {
        must(writer_.add_init(i, made.number, bytes));
      }
    }
    next_ = 0;
  }
  void segments(std::uint32_t count) {
    for (; count > 0; --count, ++next_) {
      for (std::uint32_t index = 0; index < 2; ++index) {
        part(0, index);
        part(1, index);
      }
    }
  }
  void part(std::size_t track, std::uint32_t index) {
    hls::Fragment fragment;
    const std::uint32_t timescale = timeline_.tracks()[track].timescale;
    fragment.segment = next_;
    fragment.part = index;
    fragment.is_independent = index == 0;
    fragment.is_last = index == 1;
    fragment.decode_time = (next_ * 2ULL + index) * timescale;
    fragment.duration = timescale;
    fragment.arrived = from_epoch_ms(kStartMs);
    fragment.bytes = share(make_fragment(fragment.decode_time, 100 + track * 10 + index));
    write(timeline_.add(track, std::move(fragment)).value());
  }

  [[nodiscard]] hls::Timeline& timeline() { return timeline_; }

 private:
  void write(const std::vector<hls::PlacedPart>& placed) {
    for (const hls::PlacedPart& one : placed) {
      must(writer_.append(one.track, *one.part));
      timeline_.announce(one.track, one.part);
    }
  }

  TakeWriter& writer_;
  hls::Timeline timeline_;
  std::uint32_t next_ = 0;
};

inline std::string text_of(const hls::Body& body) {
  return std::string(as_text(*body.plain));
}

}  // namespace estrad::archive::test
