#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "live/feed_input.h"
#include "live/worker.h"

namespace estrad::live {

/// One run of a stage's worker: what it makes, as far as it is known.
struct FeedRun {
  std::uint64_t number = 0;
  milliseconds part{0};  ///< The length of its parts.
  std::vector<pipeline::TrackInfo> tracks;
  std::vector<SharedBytes> inits;  ///< One for each track; null until it came.

  [[nodiscard]] bool has_inits() const;
};

/// What a stage's feed gives. Called on the live loop.
struct FeedEvents {
  /// What a new run makes; before its first part.
  std::function<void(const FeedRun&)> tracks;
  /// A part; the init segment of its track is there.
  std::function<void(const FeedRun&, const pipeline::Part&)> part;
  /// The run gives no more parts: its feed ended, or its worker did.
  std::function<void()> run_ended;
  std::function<void(const pipeline::Signal&)> signal;
  /// A feed came or went.
  std::function<void()> presence;
};

/// The feeds of one stage and the worker that decodes one of them: the newest with the main key,
/// else the newest with the backup key. A worker that dies or hangs while the presenter sends is
/// replaced, from the kept headers and the next keyframe on. Lives on the live loop.
class FeedSource {
 public:
  FeedSource(std::string stage, milliseconds part, WorkerStarter& starter, const Clock& clock,
             FeedEvents events);

  void feed_started(const FeedStart& feed);
  void feed_headers(FeedId id, SharedBytes headers);
  void feed_data(FeedId id, const FeedChunk& chunk);
  void feed_ended(FeedId id);

  /// From now on exactly these tracks (empty: the ladder, as the feed allows). A worker that makes
  /// others is replaced at the next keyframe.
  void freeze(const std::vector<pipeline::TrackInfo>& tracks);
  /// The length of parts from now on; a worker that makes others is replaced likewise.
  void set_part(milliseconds length);
  void cut();

  [[nodiscard]] bool has_feed() const { return !feeds_.empty(); }
  /// The feed that is in use.
  [[nodiscard]] const FeedStart* feed() const;
  /// When a feed came or went last.
  [[nodiscard]] WallTime since() const { return since_; }
  /// When the feed in use gave data last.
  [[nodiscard]] SteadyTime last_data() const { return last_data_; }
  /// Of the present run, else of the last one; empty before the first.
  [[nodiscard]] const std::vector<pipeline::TrackInfo>& last_tracks() const { return last_tracks_; }
  [[nodiscard]] bool is_running() const { return run_ != nullptr; }
  /// Processors that the worker takes, over its last seconds; nullopt while not known.
  [[nodiscard]] std::optional<double> cores() const { return cores_; }
  /// The run is of no use: another starts at the next keyframe.
  void replace_worker(const std::string& why);
  /// Replaces a worker that lives and is fed, but has given no part for long. Call often.
  void advance();

 private:
  struct Feed {
    FeedStart start;
    SharedBytes headers;
  };
  void choose();
  void start_worker(const Feed& feed);
  void take_record(pipeline::Record record);
  void worker_exited(const WorkerExit& exit);
  void end_run();
  void worker_failed(const std::string& why);
  void measure(SteadyTime now);
  [[nodiscard]] bool is_made_for(const std::vector<pipeline::TrackInfo>& tracks) const;

  // set once
  std::string stage_;
  WorkerStarter& starter_;
  const Clock& clock_;
  FeedEvents events_;

  // live loop only
  /// By id: the newest last.
  std::map<FeedId, Feed> feeds_;
  std::optional<FeedId> active_;
  std::vector<pipeline::TrackInfo> frozen_;
  milliseconds part_;
  std::vector<pipeline::TrackInfo> last_tracks_;
  std::unique_ptr<Worker> worker_;
  /// The worker's input has ended; it flushes.
  bool is_finishing_ = false;
  std::shared_ptr<FeedRun> run_;
  std::uint64_t next_run_ = 1;
  WallTime since_{};
  SteadyTime last_data_{};
  int failures_ = 0;
  SteadyTime next_start_{};
  SteadyTime started_{};
  SteadyTime last_part_{};
  std::optional<double> cores_;
  SteadyTime measured_at_{};
  std::chrono::nanoseconds measured_time_{0};
};

}  // namespace estrad::live
