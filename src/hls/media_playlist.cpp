#include "hls/media_playlist.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include <spdlog/fmt/fmt.h>

#include "base/text.h"
#include "hls/ticks.h"

namespace estrad::hls {
namespace {

template <typename Duration>
double seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

/// What a playlist without EXT-X-SKIP needs, and one with it (rfc8216bis, section 8).
constexpr int kVersion = 6;
constexpr int kDeltaVersion = 9;

/// A media playlist in the making, or a piece of one, written from top to bottom.
class Writer {
 public:
  /// `init` is the number of the EXT-X-MAP that holds; 0 before the first.
  explicit Writer(const Track& track, std::uint32_t init = 0) : track_(track), init_(init) {}

  void head(int version, std::chrono::seconds target_duration) {
    line("#EXTM3U\n#EXT-X-VERSION:{}\n#EXT-X-TARGETDURATION:{}", version, target_duration.count());
  }

  void low_latency(const PlaylistTiming& timing) {
    line(
        "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL={:.5f},HOLD-BACK={:.5f},"
        "PART-HOLD-BACK={:.5f}\n"
        "#EXT-X-PART-INF:PART-TARGET={:.5f}",
        seconds(timing.skip_until()), seconds(timing.hold_back()), seconds(timing.part_hold_back()),
        seconds(timing.part_target));
  }

  /// `first` is the oldest segment that is listed, with its EXT-X-DISCONTINUITY if it has one.
  void sequences(const SegmentInfo& first) {
    line("#EXT-X-MEDIA-SEQUENCE:{}", first.msn);
    const std::uint64_t removed =
        first.discontinuity_sequence - (first.starts_discontinuity ? 1 : 0);
    if (removed > 0) {
      line("#EXT-X-DISCONTINUITY-SEQUENCE:{}", removed);
    }
  }

  void begin_segment(const SegmentInfo& segment, bool has_date) {
    if (segment.starts_discontinuity) {
      line("#EXT-X-DISCONTINUITY");
    }
    if (segment.init != init_) {
      line("#EXT-X-MAP:URI=\"{}/{}\"", track_.name, to_string(InitName{segment.init}));
      init_ = segment.init;
    }
    if (has_date || segment.starts_discontinuity) {
      line("#EXT-X-PROGRAM-DATE-TIME:{}", format_rfc3339(segment.date));
    }
  }

  void part(const Part& part) {
    line("#EXT-X-PART:DURATION={:.6f},URI=\"{}/{}\"{}", duration(part.duration), track_.name,
         to_string(PartName{part.run, part.msn, part.index}),
         part.is_independent ? ",INDEPENDENT=YES" : "");
  }

  void end_segment(const SegmentInfo& segment) {
    if (segment.is_gap) {
      line("#EXT-X-GAP");
    }
    line("#EXTINF:{:.6f},\n{}/{}", duration(segment.duration), track_.name,
         to_string(SegmentName{segment.run, segment.msn}));
  }

  void report(const RenditionReport& report) {
    line("#EXT-X-RENDITION-REPORT:URI=\"{}.m3u8\",LAST-MSN={},LAST-PART={}", report.track,
         report.last_msn, report.last_part);
  }

  void preload_hint(const PartName& next) {
    line("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"{}/{}\"", track_.name, to_string(next));
  }

  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_.push_back('\n');
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  /// A hair short (2 to 3 µs): a segment must not seem to end behind the last frame in a player's
  /// buffer, whose times are cut to microseconds. hls.js 1.7 finds the segment that it has just
  /// played instead of the next one as long as the computed end lies behind the buffered, be it by
  /// the rounding of a double.
  [[nodiscard]] double duration(std::uint64_t ticks) const {
    using std::chrono::microseconds;
    constexpr microseconds kShort(2);
    const auto exact = std::chrono::floor<microseconds>(from_ticks(ticks, track_.timescale));
    return seconds(std::max(exact - kShort, microseconds(0)));
  }

  const Track& track_;
  std::string text_;
  std::uint32_t init_;
};

/// The end of what the playlist lists, less the part window: segments that end before are listed
/// without their parts.
nanoseconds part_window_start(const LivePlaylist& playlist) {
  const SegmentInfo& newest = playlist.segments.back()->info;
  return from_ticks(newest.end_time(), playlist.track.timescale) - playlist.timing.part_window();
}

void write_live_segments(const LivePlaylist& playlist, Writer& writer) {
  if (playlist.segments.empty()) {
    return;
  }
  const nanoseconds window_start = part_window_start(playlist);
  for (const SegmentPtr& segment : playlist.segments) {
    const SegmentInfo& info = segment->info;
    const bool has_parts =
        from_ticks(info.end_time(), playlist.track.timescale) >= window_start && !info.is_gap;
    writer.begin_segment(info, has_parts);
    if (has_parts) {
      for (const PartPtr& part : segment->parts) {
        writer.part(*part);
      }
    }
    if (segment->is_complete) {
      writer.end_segment(info);
    }
  }
}

std::string live_head(const LivePlaylist& playlist, int version) {
  Writer writer(playlist.track);
  writer.head(version, playlist.timing.target_duration);
  writer.low_latency(playlist.timing);
  if (playlist.history.segments > 0) {
    writer.sequences(playlist.history.oldest);
  } else if (!playlist.segments.empty()) {
    writer.sequences(playlist.segments.front()->info);
  } else {
    writer.line("#EXT-X-MEDIA-SEQUENCE:{}", playlist.next_part.msn);
  }
  if (version == kDeltaVersion) {
    writer.line("#EXT-X-SKIP:SKIPPED-SEGMENTS={}", playlist.history.segments);
  }
  return writer.take();
}

std::chrono::seconds longest(const Track& track, std::span<const SegmentInfo> segments,
                             std::chrono::seconds at_least) {
  for (const SegmentInfo& segment : segments) {
    const auto rounded =
        std::chrono::round<std::chrono::seconds>(from_ticks(segment.duration, track.timescale));
    at_least = std::max(at_least, rounded);
  }
  return at_least;
}

}  // namespace

LiveText render_live(const LivePlaylist& playlist) {
  LiveText text;
  text.head = live_head(playlist, kVersion);
  if (playlist.history.segments > 0 && !playlist.is_ended) {
    text.delta_head = live_head(playlist, kDeltaVersion);
  }
  Writer tail(playlist.track, playlist.history.init);
  write_live_segments(playlist, tail);
  if (playlist.is_ended) {
    tail.line("#EXT-X-ENDLIST");
  } else {
    tail.preload_hint(playlist.next_part);
    for (const RenditionReport& report : playlist.reports) {
      tail.report(report);
    }
  }
  text.tail = tail.take();
  return text;
}

std::string render_segments(const Track& track, std::span<const SegmentInfo> segments,
                            std::uint32_t init) {
  Writer writer(track, init);
  for (const SegmentInfo& segment : segments) {
    writer.begin_segment(segment, init == 0 && &segment == segments.data());
    writer.end_segment(segment);
  }
  return writer.take();
}

std::string render_recorded(const Track& track, const PlaylistTiming& timing,
                            std::span<const SegmentInfo> segments) {
  Writer writer(track);
  writer.head(kVersion, longest(track, segments, timing.target_duration));
  writer.line("#EXT-X-PLAYLIST-TYPE:VOD");
  if (!segments.empty()) {
    writer.sequences(segments.front());
  }
  for (const SegmentInfo& segment : segments) {
    writer.begin_segment(segment, &segment == segments.data());
    writer.end_segment(segment);
  }
  writer.line("#EXT-X-ENDLIST");
  return writer.take();
}

}  // namespace estrad::hls
