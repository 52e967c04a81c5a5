#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "glib/event_loop.h"
#include "hls/timeline.h"
#include "live/channel_publisher.h"
#include "live/date_drift.h"
#include "live/feed_lanes.h"
#include "live/feed_source.h"
#include "live/home.h"
#include "live/ports.h"
#include "live/slate_maker.h"
#include "live/slate_player.h"
#include "live/take_recorder.h"
#include "live/timing.h"
#include "live/worker.h"

namespace estrad::live {

/// What a take needs of its surroundings.
struct TakeParts {
  glib::EventLoop& loop;
  const Clock& clock;
  WorkerStarter& starter;
  Recording& recording;
  Publisher& publisher;
  Timing timing;
};

/// What a take tells its event; called on the live loop. A callback must not destroy the take.
struct TakeEvents {
  /// The tracks are settled, for the worker of the stage's feed.
  std::function<void(const std::vector<pipeline::TrackInfo>&)> tracks;
  /// A new segment is wanted of the feed, now.
  std::function<void()> wants_cut;
  /// The feed's worker gives what cannot be used.
  std::function<void(const std::string& why)> bad_feed;
  /// What goes out has changed: the feed (true), or the slate.
  std::function<void(bool is_feed)> source;
  /// The playlists can be fetched now.
  std::function<void()> on_channel;
  std::function<void(Status)> recording_health;
};

/// Everything an event broadcasts, from Go live to End: one time line, fed by the stage's feed or
/// by the slate, never by nothing. Lives on the live loop.
///
/// A part goes: gate → time line (its place) → recording → announced → published. When the feed
/// ends, falls silent or is paused, the slate goes on from where each track ends; the feed comes
/// back at the start of one of its segments.
class Take {
 public:
  Take(TakeParts parts, TakeAddress address, std::string channel, std::string title,
       TakeEvents events);
  ~Take();
  Take(const Take&) = delete;
  Take& operator=(const Take&) = delete;

  /// Begins a new take. With `infos` from a feed its ladder is frozen as that; without, as the
  /// default's. `expects_feed`: a feed is there; its first segment is waited for a moment, and so
  /// are its tracks, when they are not known yet.
  void begin(std::vector<pipeline::TrackInfo> infos, bool expects_feed);
  /// Goes on with a take of before; NotFound in the archive begins a new one.
  void resume(bool expects_feed);

  /// The tracks of the stage's feed are known.
  void feed_tracks(const std::vector<pipeline::TrackInfo>& infos);
  void feed_part(const FeedRun& run, const pipeline::Part& part);
  void feed_run_ended();
  /// Nothing of the feed from now on.
  void pause();
  void unpause();
  /// Paces the slate and notices a silent feed. Call often.
  void advance();

  /// The last playlists go out at once; `done` when the recording is closed, the archive can answer
  /// and the channel is closed. The take is of no more use but to be kept until then.
  void finish(std::function<void()> done);
  /// The same for a server that stops: to the viewers the take has not ended.
  void suspend(std::function<void()> done);
  /// Another take has the channel from now on: `finish` does not close it.
  void leave_channel() { channel_.leave(); }

  [[nodiscard]] bool is_on_channel() const { return channel_.is_open(); }
  [[nodiscard]] bool shows_feed() const { return source_ == Source::kFeed; }
  /// Media time since the take began; none before its first part.
  [[nodiscard]] std::optional<std::int64_t> media_ms() const;

 private:
  enum class Source { kNone, kFeed, kSlate };

  // opening
  void wait_for_feed(bool expects_feed);
  void begin_with(const std::vector<pipeline::TrackInfo>& infos);
  void make_slate(const std::vector<pipeline::TrackInfo>& infos);
  void slate_made(std::shared_ptr<const SlateMedia> media);
  void create(std::vector<hls::Track> tracks);
  void resumed(Result<ResumedTake> take);
  void settle_tracks();
  void fit_slate();

  // the feed
  void begin_feed(const FeedRun& run);
  void add_feed_part(const FeedRun& run, pipeline::Part part);
  // the slate
  void begin_slate();
  void play_slate();
  // both
  [[nodiscard]] bool set_init(std::size_t track, const SharedBytes& init);
  void record(std::vector<hls::PlacedPart> placed);
  void announce(const hls::PlacedPart& placed);
  void set_source(Source source);
  void stop_sources();
  void close_recording(std::function<void()> done);

  // set once
  TakeParts parts_;
  TakeAddress address_;
  std::string title_;
  TakeEvents events_;

  // live loop only
  std::optional<hls::Timeline> timeline_;
  ChannelPublisher channel_;
  TakeRecorder recorder_;
  Source source_ = Source::kNone;
  bool is_paused_ = false;
  bool is_ended_ = false;
  bool expects_feed_ = false;
  bool awaits_tracks_ = false;
  /// Until then, the first picture is waited for without a slate.
  SteadyTime patience_{};
  SteadyTime next_resume_{};
  bool is_resume_due_ = false;
  std::optional<SteadyTime> last_part_;

  FeedLanes lanes_;
  /// The run that the feed's stretch of the time line is of.
  std::uint64_t shown_run_ = 0;
  DateDrift drift_;
  bool wants_cut_ = false;

  std::unique_ptr<SlateMaker> maker_;
  std::shared_ptr<const SlateMedia> slate_;
  std::optional<SlatePlayer> player_;
  Home home_;
};

}  // namespace estrad::live
