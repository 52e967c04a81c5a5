#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "hls/bandwidth.h"
#include "hls/date_line.h"
#include "hls/fragment.h"
#include "hls/playlist_timing.h"
#include "hls/segment.h"
#include "hls/segment_window.h"
#include "hls/snapshot.h"
#include "hls/ticks.h"
#include "hls/track.h"

namespace estrad::hls {

/// A part as its source made it: times and segment numbers are the source's own.
struct Fragment {
  /// The source's numbering, the same moment in all tracks.
  std::uint32_t segment = 0;
  /// Place in that segment, from 0.
  std::uint32_t part = 0;
  bool is_independent = false;
  bool is_last = false;
  /// In the track's timescale; the tracks of one source share their zero.
  std::uint64_t decode_time = 0;
  std::uint32_t duration = 0;
  /// Wall clock at its first frame.
  WallTime arrived{};
  /// One moof + mdat.
  SharedBytes bytes;
};

/// A part with its place in the take, on its way to the recording and the playlist.
struct PlacedPart {
  std::size_t track = 0;
  PartPtr part;
};

struct TimelineOptions {
  PlaylistTiming timing;
  /// What a live playlist lists, at least back to the skip boundary; zero: all.
  milliseconds window{0};
  /// Segments behind the skip boundary stay in memory as long as the standard wants them fetchable.
  /// Off where the archive has them.
  bool keeps_older = true;
};

/// Where a take that was interrupted goes on: made by the archive (recovery, reopening).
struct TimelineState {
  struct TrackState {
    std::uint64_t end_time = 0;
    /// Number of the newest init segment; 0 when there is none yet.
    std::uint32_t init = 0;
    /// The init segments that `segments` need, and the newest.
    std::map<std::uint32_t, SharedBytes> inits = {};
    /// What the playlist lists before `segments`, oldest first.
    std::vector<SegmentInfo> history = {};
    /// The newest segments, all complete, oldest first, at least back to the skip boundary; their
    /// parts have no bytes.
    std::vector<SegmentPtr> segments = {};
    Bandwidth bandwidth = Bandwidth();
  };
  /// The run that begins now.
  std::uint32_t run = 1;
  std::uint64_t next_msn = 0;
  std::uint64_t discontinuity_sequence = 0;
  /// In the order of the take's tracks.
  std::vector<TrackState> tracks = {};
};

/// Where the tracks of the next source begin on the take's time line.
enum class StretchStart {
  /// All at one moment, the end of the longest track: a feed, whose sound must stay in step with
  /// its picture.
  kTogether,
  /// Each at its own end, without any hole: a slate.
  kOwnEnd,
};

/// The time line of one take or preview: numbers segments, gives every part its media time and
/// program date-time, and renders the playlists. The live layer decides when; the rules are here.
/// Lives on one loop.
///
/// A part's way: `add` (source → place in the take) → written to the recording → `announce` →
/// `snapshot`. Parts must be announced in the order in which they were returned, for all tracks
/// together.
///
/// All tracks share their media sequence numbers and discontinuities. A part of segment n is placed
/// only when every track has been given all of segment n-1; until then it is held, and dropped if
/// a discontinuity begins first.
class Timeline {
 public:
  /// `tracks` stay the same for the whole take.
  Timeline(std::vector<Track> tracks, TimelineOptions options);
  /// Goes on where `state` ends; the next part starts a discontinuity and the run `state.run`.
  Timeline(std::vector<Track> tracks, TimelineOptions options, TimelineState state);

  [[nodiscard]] const std::vector<Track>& tracks() const { return tracks_; }
  [[nodiscard]] const PlaylistTiming& timing() const { return options_.timing; }
  [[nodiscard]] std::uint32_t run() const { return run_; }
  /// Track number by name.
  [[nodiscard]] std::optional<std::size_t> find_track(std::string_view name) const;

  /// Another source takes over: ends all open segments where they stand. A track that has nothing
  /// of the newest segment gets a gap entry for it, which goes the way of every part: these are
  /// returned. Every track needs `set_init` again. Without parts since the last call it only
  /// changes `start`. Before a take's first part it is not needed (kTogether is the default).
  [[nodiscard]] std::vector<PlacedPart> begin_discontinuity(StretchStart start);

  struct NewInit {
    std::uint32_t number = 1;
    /// False when the track's newest init segment has the very same bytes: nothing to write.
    bool is_new = true;
  };
  /// The init segment (ftyp + moov) of the source that begins. Conflict once the source has placed
  /// parts.
  [[nodiscard]] Result<NewInit> set_init(std::size_t track, SharedBytes init);

  /// Takes a source's next part of a track and returns the parts that have their place now, of all
  /// tracks, retimed. A source's first segment is the first that all tracks have from its start;
  /// what comes before it is dropped. Media error: not a CMAF fragment, times that go back, a
  /// track that stays behind by far; nothing is placed then, and the source should be ended.
  [[nodiscard]] Result<std::vector<PlacedPart>> add(std::size_t track, Fragment fragment);

  /// The part is safe in the recording (or there is none): list it.
  void announce(std::size_t track, PartPtr part);

  /// The date runs by media time; this moves it, by at most ten milliseconds a segment.
  void correct_date(milliseconds by) { dates_.correct(by); }

  /// The end of the take on a track's time line, of what was placed.
  [[nodiscard]] nanoseconds end_of(std::size_t track) const;
  /// The date at which the next media would be, by the running date line; nullopt before the first.
  [[nodiscard]] std::optional<WallTime> end_date() const;
  /// Media time since the take's start of the newest announced moment, by the first track.
  [[nodiscard]] milliseconds announced_time() const;

  /// No more parts: playlists get ENDLIST. To go on later, make a new Timeline from the archive.
  void end();
  [[nodiscard]] bool is_ended() const { return is_ended_; }

  /// The newest state of one track, rendered when first asked for after a change. Its reports of
  /// the other tracks are as of that moment.
  [[nodiscard]] TrackSnapshotPtr snapshot(std::size_t track);
  /// `prefix` as in `render_multivariant`.
  [[nodiscard]] ChannelSnapshotPtr channel(std::string_view prefix) const;

 private:
  /// A fragment that waits for its place; it was found to be sound.
  struct Held {
    Fragment fragment;
    FragmentFields fields;
  };
  struct TrackLine {
    TrackLine(const Track& track, const TimelineOptions& options);

    // placing
    std::deque<Held> held = {};
    /// The source's next part must not begin before this, in its own ticks.
    std::uint64_t source_next = 0;
    std::uint32_t source_segment = 0;
    /// Added to the source's ticks.
    std::int64_t offset = 0;
    std::uint64_t end_time = 0;
    /// Every segment before this one has all its parts placed.
    std::uint64_t open_msn = 0;
    /// Parts placed of `open_msn`.
    std::uint32_t open_parts = 0;
    /// Where the segment of the newest placed part begins.
    std::uint64_t segment_start = 0;
    /// Number of the newest init segment; 0 before the first.
    std::uint32_t init = 0;
    bool has_init = false;
    std::map<std::uint32_t, SharedBytes> inits = {};

    // announcing
    SegmentWindow window;
    /// How many parts the segments have that ended without a last part, until all are announced.
    std::map<std::uint64_t, std::uint32_t> cut_short = {};
    TrackSnapshotPtr snapshot = nullptr;
  };

  void restore(TimelineState state);
  [[nodiscard]] Result<FragmentFields> check(std::size_t track, const Fragment& fragment) const;
  /// True when every track has the start of the source's first common segment.
  [[nodiscard]] bool find_start();
  void start_stretch();
  [[nodiscard]] nanoseconds common_start(nanoseconds source_start) const;
  [[nodiscard]] std::uint64_t msn_of(const Fragment& fragment) const;
  [[nodiscard]] bool may_place(std::uint64_t msn) const;
  [[nodiscard]] std::vector<PlacedPart> place_held();
  /// True when it placed one, which may be a gap before the held one.
  bool place_next(std::size_t track, std::vector<PlacedPart>& placed);
  [[nodiscard]] PlacedPart place_gap(std::size_t track, std::uint64_t duration);
  [[nodiscard]] Part make_part(std::size_t track, std::uint64_t decode_time,
                               std::uint64_t duration);
  [[nodiscard]] PlacedPart place(std::size_t track, Part part);
  void cut_short(std::size_t track);
  [[nodiscard]] std::vector<RenditionReport> reports_for(std::size_t track) const;
  [[nodiscard]] nanoseconds longest_of(std::uint64_t msn) const;
  [[nodiscard]] nanoseconds time(std::size_t track, std::uint64_t ticks) const {
    return from_ticks(ticks, tracks_[track].timescale);
  }

  // set once
  std::vector<Track> tracks_;
  TimelineOptions options_;
  std::uint32_t run_ = 1;

  // the owning loop only
  std::vector<TrackLine> lines_;
  DateLine dates_;
  StretchStart start_ = StretchStart::kTogether;
  bool is_started_ = false;
  /// Of the stretch that runs or is to begin.
  std::uint64_t first_msn_ = 0;
  std::uint32_t first_source_segment_ = 0;
  bool starts_discontinuity_ = false;
  std::uint64_t discontinuity_sequence_ = 0;
  bool is_ended_ = false;
};

}  // namespace estrad::hls
