#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/reply.h"
#include "webcast/event.h"
#include "webcast/public_log.h"
#include "webcast/question.h"

namespace estrad::hls {
struct Track;
class TrackSnapshot;
class ChannelSnapshot;
}  // namespace estrad::hls

/// What `live` needs from the rest of the program; `app` implements it. Everything here is called
/// on the live loop and must not block it: implementations post to a loop of their own, and keep
/// the order of the calls. Replies may come on any thread, each exactly once.
namespace estrad::live {

// --- the database

/// What is stored of an event's questions and public log.
struct StoredRoom {
  std::vector<webcast::Question> questions;
  std::vector<webcast::StoredPage> pages;
  webcast::LogCounters counters;
};

/// What a step in an event's questions or log changes. One transaction: a removed question and the
/// pages that were rewritten without it are stored together or not at all.
struct RoomChange {
  std::string event_id;
  std::vector<webcast::Question> questions;
  std::vector<webcast::StoredPage> pages;  ///< New or rewritten, by number.
  webcast::LogCounters counters;
};

class EventStore {
 public:
  virtual ~EventStore() = default;
  /// Inserts the event, or overwrites an older version of it. Conflict when the slug is taken,
  /// InvalidInput (field `stage`) when there is no such stage.
  virtual void save_event(webcast::Event event, Reply<void> reply) = 0;
  virtual void delete_event(std::string event_id, Reply<void> reply) = 0;
  virtual void load_room(std::string event_id, Reply<StoredRoom> reply) = 0;
  virtual void save_room(RoomChange change, Reply<void> reply) = 0;
};

// --- the archive

/// Where a take's media lies.
struct TakeAddress {
  std::string event_id;
  std::string folder;  ///< `Event::take_folder`
};

/// A track's end as the recording knows it; all zero for a new take.
struct TrackEnd {
  std::uint64_t decode_end = 0;  ///< Where the last whole part ends, in the track's timescale.
  std::uint64_t next_msn = 0;
  std::uint32_t next_init = 0;
};

/// A take that is open for appending.
struct OpenTake {
  std::uint32_t run = 0;           ///< Of the media written from now on.
  std::vector<hls::Track> tracks;  ///< As frozen when the take was first opened.
  std::vector<TrackEnd> ends;      ///< One for each track.
};

/// A new init segment of a track: the parts that follow need it.
struct RecordedInit {
  std::size_t track = 0;  ///< Index in the take's track list.
  std::uint32_t number = 0;
  SharedBytes bytes;
};

/// A part with its final times, and where it stands in the take.
struct RecordedPart {
  std::size_t track = 0;
  std::uint32_t run = 0;
  std::uint64_t msn = 0;
  std::uint32_t part = 0;  ///< Within its segment.
  std::uint32_t init = 0;  ///< Number of the init segment that it needs.
  bool is_independent = false;
  bool is_discontinuity = false;  ///< The first part of its track after a break.
  bool is_last = false;           ///< Known to end its segment; a segment can also end without.
  std::uint64_t decode_time = 0;  ///< In the track's timescale, since the take began.
  std::uint32_t duration = 0;     ///< In the track's timescale.
  WallTime program_time{};        ///< Program date-time of its first frame.
  SharedBytes bytes;              ///< One or more pairs of moof and mdat.
};

/// Appends to takes. Calls for one take are answered in their order.
class Recording {
 public:
  virtual ~Recording() = default;
  /// Makes the take's folder with these tracks.
  virtual void create_take(TakeAddress take, std::vector<hls::Track> tracks, WallTime now,
                           Reply<OpenTake> reply) = 0;
  /// Opens a take again, after an End that is undone or a crash (torn tails are cut first), under a
  /// run number that was never used. NotFound when nothing of it was ever written.
  virtual void resume_take(TakeAddress take, Reply<OpenTake> reply) = 0;
  virtual void append_init(TakeAddress take, RecordedInit init, Reply<void> reply) = 0;
  /// The reply means: a reader of the archive finds the part.
  virtual void append_part(TakeAddress take, RecordedPart part, Reply<void> reply) = 0;
  /// Ends the take; it is a recording, and playable, when the reply comes.
  virtual void close_take(TakeAddress take, Reply<void> reply) = 0;
};

// --- the viewers

/// An event as the pages need it.
struct EventView {
  webcast::Event event;
  /// The stage's feed is there for this event.
  bool has_feed = false;
  /// The take is served from the snapshots of channel `event.take_address`; otherwise from the
  /// archive, if at all (webcast::media_access).
  bool is_on_channel = false;
};

/// An event's public log as it is served.
struct LogView {
  std::string event_id;
  std::string state;  ///< Body of `GET /w/SLUG/log`.
  std::uint64_t next_page = 1;
  std::uint64_t revision = 0;
  /// The newest closed pages that have entries, oldest first; of the kReadersMayLag pages before
  /// `next_page` those that are missing here are empty.
  std::vector<webcast::StoredPage> pages;
};

/// Channels: `preview-<stage>` (staff only), and `Event::take_address` of every event on air. The
/// track snapshots of a channel come after the channel's own.
class Publisher {
 public:
  virtual ~Publisher() = default;
  virtual void publish_event(std::shared_ptr<const EventView> event) = 0;
  virtual void remove_event(std::string event_id) = 0;
  virtual void publish_channel(std::string channel,
                               std::shared_ptr<const hls::ChannelSnapshot> snapshot) = 0;
  virtual void publish_track(std::string channel, std::string track,
                             std::shared_ptr<const hls::TrackSnapshot> snapshot) = 0;
  /// Nothing more comes on the channel. A take's final snapshots (with ENDLIST) were published
  /// before, and its recording is closed: from now on the archive answers.
  virtual void close_channel(std::string channel) = 0;
  virtual void publish_log(std::shared_ptr<const LogView> log) = 0;
  /// News for staff consoles. Topics: `event/<id>` ("state", "questions", "presence" …) and
  /// `stage/<id>` ("signal", "feed"). `json` is one object with its kind under "type".
  virtual void publish_console(std::string topic, std::string json) = 0;
};

}  // namespace estrad::live
