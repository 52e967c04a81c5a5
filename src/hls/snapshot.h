#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "hls/media_name.h"
#include "hls/media_playlist.h"
#include "hls/playlist_history.h"
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

/// A live media playlist, whole and as a delta update; each is put together when first asked for
/// and then the same for everyone. Immutable; any thread.
class LiveBodies {
 public:
  LiveBodies(LiveText text, HistoryText history)
      : text_(std::move(text)), history_(std::move(history)) {}

  [[nodiscard]] const Body& whole() const;
  /// The same as `whole` when there is nothing to skip.
  [[nodiscard]] const Body& delta() const;

 private:
  // set once
  LiveText text_;
  HistoryText history_;

  mutable std::once_flag whole_once_;
  mutable std::once_flag delta_once_;
  mutable Body whole_;
  mutable Body delta_;
};

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
  /// `kept` are the segments in memory, oldest first, without holes in the media sequence, up to
  /// the newest.
  struct Content {
    Track track;
    PlaylistTiming timing;
    std::shared_ptr<const LiveBodies> playlist;
    std::vector<SegmentPtr> kept;
    std::map<std::uint32_t, SharedBytes> inits;
    PartName next_part;
    bool is_ended = false;
  };
  explicit TrackSnapshot(Content content) : content_(std::move(content)) {}

  [[nodiscard]] const Track& track() const { return content_.track; }
  [[nodiscard]] const PlaylistTiming& timing() const { return content_.timing; }
  [[nodiscard]] const Body& playlist() const { return content_.playlist->whole(); }
  [[nodiscard]] const Body& delta_update() const { return content_.playlist->delta(); }
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
