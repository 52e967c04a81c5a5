#include "archive/levelling.h"

#include <algorithm>
#include <cstdint>

#include "hls/ticks.h"

namespace estrad::archive {
namespace {

struct Range {
  std::uint64_t first = UINT64_MAX;
  /// One past the last; 0 when nothing was recorded.
  std::uint64_t end = 0;
};

Range range_of(std::span<const TrackIndex> tracks) {
  Range range;
  for (const TrackIndex& track : tracks) {
    if (!track.segments().empty()) {
      range.first = std::min(range.first, track.segments().front().info.msn);
      range.end = std::max(range.end, track.segments().back().info.msn + 1);
    }
  }
  return range;
}

/// Ends on the same moment in all tracks, as far as is known: date and length of a segment number.
struct Moment {
  hls::nanoseconds duration{0};
  WallTime date{};
  std::uint64_t discontinuity_sequence = 0;
};

Moment longest(std::span<const TrackIndex> tracks, std::span<const std::uint32_t> timescales,
               std::uint64_t msn) {
  Moment moment;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const IndexedSegment* segment = tracks[i].find(msn);
    if (segment == nullptr) {
      continue;
    }
    const auto duration = hls::from_ticks(segment->info.duration, timescales[i]);
    if (duration >= moment.duration) {
      moment = {duration, segment->info.date, segment->info.discontinuity_sequence};
    }
  }
  return moment;
}

bool starts_discontinuity(std::span<const TrackIndex> tracks, std::uint64_t msn) {
  return std::any_of(tracks.begin(), tracks.end(), [msn](const TrackIndex& track) {
    const IndexedSegment* segment = track.find(msn);
    return segment != nullptr && segment->info.starts_discontinuity;
  });
}

}  // namespace

std::vector<hls::Part> missing_at_end(std::span<const TrackIndex> tracks,
                                      std::span<const std::uint32_t> timescales,
                                      std::size_t track) {
  const Range range = range_of(tracks);
  hls::Part gap;
  gap.is_gap = true;
  gap.is_last = true;
  gap.init = tracks[track].inits().empty() ? 0 : tracks[track].inits().rbegin()->first;
  gap.msn = range.first;
  if (!tracks[track].segments().empty()) {
    const hls::SegmentInfo& last = tracks[track].segments().back().info;
    gap.run = last.run;
    gap.msn = last.msn + 1;
    gap.decode_time = last.end_time();
  }
  std::vector<hls::Part> gaps;
  for (; gap.msn < range.end; ++gap.msn) {
    const Moment moment = longest(tracks, timescales, gap.msn);
    gap.duration = static_cast<std::uint32_t>(hls::to_ticks_up(moment.duration, timescales[track]));
    gap.date = moment.date;
    gap.discontinuity_sequence = moment.discontinuity_sequence;
    gap.starts_discontinuity = starts_discontinuity(tracks, gap.msn);
    gaps.push_back(gap);
    gap.decode_time = gap.end_time();
  }
  return gaps;
}

}  // namespace estrad::archive
