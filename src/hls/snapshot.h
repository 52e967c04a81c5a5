#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "hls/media_name.h"
#include "hls/playlist_timing.h"
#include "hls/segment.h"
#include "hls/track.h"

namespace estrad::hls {

/// A text as it goes over the wire, packed once.
struct Body {
  SharedBytes plain;
  SharedBytes gzip;
  /// With its quotes. Changes whenever the text does.
  std::string etag;
};

[[nodiscard]] Body make_body(std::string_view text);

/// What a snapshot knows about a media address.
struct MediaLookup {
  enum class State {
    kFound,      ///< `chunks`, in order, are the body.
    kWait,       ///< Comes with a later snapshot, or never: ask again then, answer 404 in the end.
    kElsewhere,  ///< Not in memory: ask the archive; 404 where there is none.
    kNever,      ///< 404: no such thing, now or later.
  };
  State state = State::kNever;
  std::vector<SharedBytes> chunks = {};
};

/// One track of a channel at one moment: all that an http loop needs to answer requests for its
/// playlist, parts, segments and init segments. Immutable; any thread.
class TrackSnapshot {
 public:
  /// `kept` are the segments in memory, oldest first, without holes in the media sequence: those
  /// that left the playlist but stay fetchable, then the listed ones.
  struct Content {
    Track track;
    PlaylistTiming timing;
    Body playlist;
    std::vector<SegmentPtr> kept;
    std::map<std::uint32_t, SharedBytes> inits;
    PartName next_part;
    bool is_ended = false;
  };
  explicit TrackSnapshot(Content content) : content_(std::move(content)) {}

  [[nodiscard]] const Track& track() const { return content_.track; }
  [[nodiscard]] const PlaylistTiming& timing() const { return content_.timing; }
  [[nodiscard]] const Body& playlist() const { return content_.playlist; }
  [[nodiscard]] bool is_ended() const { return content_.is_ended; }
  /// The part that the playlist's preload hint names.
  [[nodiscard]] const PartName& next_part() const { return content_.next_part; }
  /// Newest complete segment.
  [[nodiscard]] std::optional<std::uint64_t> last_msn() const;
  /// True when the playlist lists the whole segment `msn`.
  [[nodiscard]] bool holds(std::uint64_t msn) const;
  /// True when the playlist lists that part; a part past the last of its segment means part 0 of
  /// the next.
  [[nodiscard]] bool holds(std::uint64_t msn, std::uint64_t part) const;

  [[nodiscard]] MediaLookup find(const MediaName& name) const;

 private:
  [[nodiscard]] const Segment* segment(std::uint64_t msn) const;
  [[nodiscard]] MediaLookup find_init(InitName name) const;
  [[nodiscard]] MediaLookup find_segment(SegmentName name) const;
  [[nodiscard]] MediaLookup find_part(PartName name) const;
  /// For names that are not in memory.
  [[nodiscard]] MediaLookup::State absent(std::uint32_t run, std::uint64_t msn) const;

  Content content_;
};

using TrackSnapshotPtr = std::shared_ptr<const TrackSnapshot>;

/// The multivariant playlist of a channel, and the tracks it names. Immutable; any thread.
struct ChannelSnapshot {
  Body playlist;
  std::vector<std::string> tracks;
};

using ChannelSnapshotPtr = std::shared_ptr<const ChannelSnapshot>;

}  // namespace estrad::hls
