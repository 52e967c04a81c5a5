#include "hls/timeline.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace estrad::hls {
namespace {

/// Parts of one track that may wait for the others; at 200 ms parts half a minute.
constexpr std::size_t kMostHeld = 150;

/// Grows along each track, also over restarts: 256 parts fit in a segment.
std::uint32_t sequence_number(const Part& part) {
  return static_cast<std::uint32_t>(part.msn * 256 + part.index + 1);
}

}  // namespace

Timeline::TrackLine::TrackLine(const Track& track, const TimelineOptions& options)
    : window(track, {options.window, options.keeps_older}, options.timing) {
  window.set_bandwidth(Bandwidth(track.bitrate));
}

Timeline::Timeline(std::vector<Track> tracks, TimelineOptions options)
    : tracks_(std::move(tracks)), options_(options) {
  for (const Track& track : tracks_) {
    lines_.emplace_back(track, options_);
  }
}

Timeline::Timeline(std::vector<Track> tracks, TimelineOptions options, TimelineState state)
    : Timeline(std::move(tracks), options) {
  restore(std::move(state));
}

void Timeline::restore(TimelineState state) {
  run_ = state.run;
  first_msn_ = state.next_msn;
  starts_discontinuity_ = state.next_msn > 0;
  discontinuity_sequence_ = state.discontinuity_sequence;
  state.tracks.resize(lines_.size());
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    TimelineState::TrackState& from = state.tracks[i];
    TrackLine& line = lines_[i];
    line.open_msn = state.next_msn;
    line.end_time = from.end_time;
    line.segment_start = from.end_time;
    line.init = from.init;
    line.inits = std::move(from.inits);
    line.window.set_bandwidth(from.bandwidth);
    if (!from.segments.empty()) {
      const SegmentInfo& last = from.segments.back()->info;
      dates_.restore(time(i, last.decode_time), last.date);
    }
    for (const SegmentInfo& segment : from.history) {
      line.window.restore(segment);
    }
    for (SegmentPtr& segment : from.segments) {
      line.window.restore(std::move(segment));
    }
  }
}

std::optional<std::size_t> Timeline::find_track(std::string_view name) const {
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (tracks_[i].name == name) {
      return i;
    }
  }
  return std::nullopt;
}

// --- Sources -------------------------------------------------------------------------------------

std::vector<PlacedPart> Timeline::begin_discontinuity(StretchStart start) {
  start_ = start;
  for (TrackLine& line : lines_) {
    line.held.clear();
    line.source_next = 0;
    line.source_segment = 0;
    line.has_init = false;
  }
  if (!is_started_) {
    return {};
  }
  is_started_ = false;
  std::uint64_t next_msn = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    cut_short(i);
    next_msn = std::max(next_msn, lines_[i].open_msn);
  }
  std::vector<PlacedPart> gaps;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    while (lines_[i].open_msn < next_msn) {
      const nanoseconds missing = longest_of(lines_[i].open_msn);
      gaps.push_back(
          place_gap(i, static_cast<std::uint64_t>(to_ticks_up(missing, tracks_[i].timescale))));
    }
  }
  first_msn_ = next_msn;
  starts_discontinuity_ = true;
  return gaps;
}

/// Tracks are never more than one segment apart, so those that have `msn` have nothing after it.
nanoseconds Timeline::longest_of(std::uint64_t msn) const {
  nanoseconds longest{0};
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const TrackLine& line = lines_[i];
    if (line.open_msn > msn) {
      longest = std::max(longest, time(i, line.end_time - line.segment_start));
    }
  }
  return longest;
}

Result<Timeline::NewInit> Timeline::set_init(std::size_t track, SharedBytes init) {
  if (is_started_) {
    return fail(conflict("track \"" + tracks_[track].name +
                         "\": another init segment needs a discontinuity"));
  }
  if (const auto length = init_length(*init); !length) {
    return fail(Error(length.error()).in("track \"" + tracks_[track].name + "\""));
  }
  TrackLine& line = lines_[track];
  line.has_init = true;
  const auto newest = line.inits.find(line.init);
  if (newest != line.inits.end() && newest->second && *newest->second == *init) {
    return NewInit{line.init, false};
  }
  ++line.init;
  line.inits[line.init] = std::move(init);
  return NewInit{line.init, true};
}

Result<FragmentFields> Timeline::check(std::size_t track, const Fragment& fragment) const {
  const TrackLine& line = lines_[track];
  if (!line.has_init) {
    return fail(media_error("a part before its init segment"));
  }
  if (line.held.size() >= kMostHeld) {
    return fail(media_error("the other tracks stay behind by far"));
  }
  if (fragment.segment < line.source_segment || fragment.decode_time < line.source_next) {
    return fail(media_error("a part that goes back in time"));
  }
  if (is_started_ && msn_of(fragment) < line.open_msn) {
    return fail(media_error("a part of a segment that has ended"));
  }
  return find_fields(*fragment.bytes);
}

Result<std::vector<PlacedPart>> Timeline::add(std::size_t track, Fragment fragment) {
  const auto fields = check(track, fragment);
  if (!fields) {
    return fail(Error(fields.error()).in("track \"" + tracks_[track].name + "\""));
  }
  TrackLine& line = lines_[track];
  // A part may overlap the one before a little: durations of last frames are guesses.
  line.source_next = fragment.decode_time + 1;
  line.source_segment = fragment.segment;
  line.held.push_back({std::move(fragment), *fields});
  if (!is_started_) {
    if (!find_start()) {
      return std::vector<PlacedPart>();
    }
    start_stretch();
  }
  return place_held();
}

bool Timeline::find_start() {
  std::uint32_t first = 0;
  for (TrackLine& line : lines_) {
    while (!line.held.empty() && line.held.front().fragment.part != 0) {
      line.held.pop_front();
    }
    if (!line.held.empty()) {
      first = std::max(first, line.held.front().fragment.segment);
    }
  }
  bool is_found = true;
  for (TrackLine& line : lines_) {
    const auto begins = [first](const Held& held) {
      return held.fragment.segment > first ||
             (held.fragment.segment == first && held.fragment.part == 0);
    };
    line.held.erase(line.held.begin(), std::find_if(line.held.begin(), line.held.end(), begins));
    is_found = is_found && !line.held.empty() && line.held.front().fragment.segment == first;
  }
  first_source_segment_ = first;
  return is_found;
}

/// The earliest moment at which no track would begin before its own end.
nanoseconds Timeline::common_start(nanoseconds source_start) const {
  nanoseconds start{0};
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const nanoseconds later = time(i, lines_[i].held.front().fragment.decode_time) - source_start;
    start = std::max(start, time(i, lines_[i].end_time) - later);
  }
  return start;
}

void Timeline::start_stretch() {
  nanoseconds source_start = nanoseconds::max();
  WallTime arrived{};
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Fragment& first = lines_[i].held.front().fragment;
    if (time(i, first.decode_time) < source_start) {
      source_start = time(i, first.decode_time);
      arrived = first.arrived;
    }
  }
  const nanoseconds start = common_start(source_start);
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    TrackLine& line = lines_[i];
    const auto first = static_cast<std::int64_t>(line.held.front().fragment.decode_time);
    const auto end = static_cast<std::int64_t>(line.end_time);
    const std::int64_t offset = to_ticks(start - source_start, tracks_[i].timescale);
    // Never before its own end, not even by a tick that was rounded off.
    line.offset = start_ == StretchStart::kOwnEnd ? end - first : std::max(offset, end - first);
  }
  dates_.begin_stretch(first_msn_, start, arrived);
  if (starts_discontinuity_) {
    ++discontinuity_sequence_;
  }
  is_started_ = true;
}

// --- Placing -------------------------------------------------------------------------------------

std::uint64_t Timeline::msn_of(const Fragment& fragment) const {
  return first_msn_ + (fragment.segment - first_source_segment_);
}

bool Timeline::may_place(std::uint64_t msn) const {
  return std::all_of(lines_.begin(), lines_.end(),
                     [msn](const TrackLine& line) { return line.open_msn >= msn; });
}

std::vector<PlacedPart> Timeline::place_held() {
  std::vector<PlacedPart> placed;
  for (bool has_moved = true; has_moved;) {
    has_moved = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      while (!lines_[i].held.empty() && place_next(i, placed)) {
        has_moved = true;
      }
    }
  }
  return placed;
}

bool Timeline::place_next(std::size_t track, std::vector<PlacedPart>& placed) {
  TrackLine& line = lines_[track];
  const Fragment& fragment = line.held.front().fragment;
  const std::uint64_t msn = msn_of(fragment);
  const auto decode_time =
      static_cast<std::uint64_t>(static_cast<std::int64_t>(fragment.decode_time) + line.offset);
  if (msn > line.open_msn) {
    cut_short(track);
  }
  if (!may_place(line.open_msn)) {
    return false;
  }
  if (msn > line.open_msn) {
    // The source left segments out on this track.
    const std::uint64_t missing = std::max(decode_time, line.end_time) - line.end_time;
    placed.push_back(place_gap(track, missing / (msn - line.open_msn)));
    return true;
  }
  Part part = make_part(track, decode_time, fragment.duration);
  part.is_independent = fragment.is_independent || tracks_[track].kind == TrackKind::kAudio;
  part.is_last = fragment.is_last;
  Bytes bytes = *fragment.bytes;
  write_times(bytes, line.held.front().fields, decode_time, sequence_number(part));
  part.bytes = share(std::move(bytes));
  line.held.pop_front();
  placed.push_back(place(track, std::move(part)));
  return true;
}

PlacedPart Timeline::place_gap(std::size_t track, std::uint64_t duration) {
  Part part = make_part(track, lines_[track].end_time, duration);
  part.is_gap = true;
  part.is_last = true;
  return place(track, std::move(part));
}

Part Timeline::make_part(std::size_t track, std::uint64_t decode_time, std::uint64_t duration) {
  const TrackLine& line = lines_[track];
  Part part;
  part.run = run_;
  part.msn = line.open_msn;
  part.index = line.open_parts;
  part.init = line.init;
  part.decode_time = decode_time;
  part.duration = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(duration, std::numeric_limits<std::uint32_t>::max()));
  part.starts_discontinuity =
      starts_discontinuity_ && is_started_ && part.msn == first_msn_ && part.index == 0;
  part.discontinuity_sequence = discontinuity_sequence_;
  part.date = dates_.date(
      part.msn, time(track, decode_time),
      tracks_[track].kind == TrackKind::kAudio ? DateRounding::kDown : DateRounding::kUp);
  return part;
}

PlacedPart Timeline::place(std::size_t track, Part part) {
  TrackLine& line = lines_[track];
  if (part.index == 0) {
    line.segment_start = part.decode_time;
  }
  line.end_time = part.end_time();
  ++line.open_parts;
  if (part.is_last) {
    ++line.open_msn;
    line.open_parts = 0;
  }
  return {track, std::make_shared<const Part>(std::move(part))};
}

void Timeline::cut_short(std::size_t track) {
  TrackLine& line = lines_[track];
  if (line.open_parts == 0) {
    return;
  }
  const bool is_announced = !line.window.is_empty() &&
                            line.window.newest().info.msn == line.open_msn &&
                            line.window.newest().parts.size() == line.open_parts;
  if (is_announced) {
    line.window.complete_newest();
    line.snapshot = nullptr;
  } else {
    line.cut_short[line.open_msn] = line.open_parts;
  }
  ++line.open_msn;
  line.open_parts = 0;
}

}  // namespace estrad::hls
