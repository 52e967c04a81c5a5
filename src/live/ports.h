#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/reply.h"
#include "hls/playlist_timing.h"
#include "hls/snapshot.h"
#include "hls/timeline.h"
#include "hls/track.h"
#include "webcast/event.h"
#include "webcast/public_log.h"
#include "webcast/question.h"

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

/// What a take is for its whole life.
struct NewTake {
  std::vector<hls::Track> tracks;
  hls::PlaylistTiming timing;
  WallTime started_at{};
};

/// A take that goes on: what it was, and where its time line ended.
struct ResumedTake {
  std::vector<hls::Track> tracks;  ///< As frozen when the take was made.
  hls::PlaylistTiming timing;      ///< Likewise.
  hls::TimelineState state;        ///< Its run number was never used before.
};

/// Appends to takes. Calls for one take are answered in their order.
class Recording {
 public:
  virtual ~Recording() = default;
  /// Makes the take's folder.
  virtual void create_take(TakeAddress take, NewTake made, Reply<void> reply) = 0;
  /// Opens a take again, after an End that is undone or a crash (torn tails are cut first).
  /// NotFound when nothing of it was ever made.
  virtual void resume_take(TakeAddress take, Reply<ResumedTake> reply) = 0;
  /// `track` is the index in the take's track list. Comes before the parts that need it.
  virtual void append_init(TakeAddress take, std::size_t track, std::uint32_t number,
                           SharedBytes bytes, Reply<void> reply) = 0;
  /// The reply means: a reader of the archive finds the part. Also takes gaps.
  virtual void append_part(TakeAddress take, hls::PlacedPart part, Reply<void> reply) = 0;
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
  virtual void publish_channel(std::string channel, hls::ChannelSnapshotPtr snapshot) = 0;
  virtual void publish_track(std::string channel, std::string track,
                             hls::TrackSnapshotPtr snapshot) = 0;
  /// Nothing more comes on the channel. A take's final snapshots (with ENDLIST) were published
  /// before, and its recording is closed: from now on the archive answers.
  virtual void close_channel(std::string channel) = 0;
  /// Of every event that has a public page and is not archived.
  virtual void publish_log(std::shared_ptr<const LogView> log) = 0;
  /// News for staff consoles. Topics: `event/<id>` ("state", "questions", "presence" …) and
  /// `stage/<id>` ("signal", "feed"). `json` is one object with its kind under "type".
  virtual void publish_console(std::string topic, std::string json) = 0;
};

}  // namespace estrad::live
