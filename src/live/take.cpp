#include "live/take.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "live/tracks.h"

namespace estrad::live {
namespace {

/// How long the first picture of a feed that is there is waited for, before the slate goes out. A
/// picture that is passed through begins at the source's next keyframe, two seconds away at most.
constexpr milliseconds kPatience{2'500};
constexpr milliseconds kResumeAgain{2'000};

bool have_codecs(const std::vector<pipeline::TrackInfo>& infos) {
  return !infos.empty() &&
         std::none_of(infos.begin(), infos.end(),
                      [](const pipeline::TrackInfo& info) { return info.codecs.empty(); });
}

}  // namespace

Take::Take(TakeParts parts, TakeAddress address, std::string channel, std::string title,
           TakeEvents events)
    : parts_(parts),
      address_(std::move(address)),
      title_(std::move(title)),
      events_(std::move(events)),
      channel_(parts.publisher, channel, channel + "/"),
      recorder_(parts.loop, parts.clock, parts.recording, address_,
                {.announce = [this](const hls::PlacedPart& placed) { announce(placed); },
                 .health = [this](Status status) { events_.recording_health(std::move(status)); }}),
      home_(parts.loop) {}

Take::~Take() = default;

// --- Opening -------------------------------------------------------------------------------------

void Take::begin(std::vector<pipeline::TrackInfo> infos, bool expects_feed) {
  wait_for_feed(expects_feed);
  awaits_tracks_ = infos.empty() && expects_feed;
  if (!awaits_tracks_) {
    begin_with(infos.empty() ? default_tracks() : infos);
  }
}

void Take::begin_with(const std::vector<pipeline::TrackInfo>& infos) {
  awaits_tracks_ = false;
  make_slate(infos);
  if (have_codecs(infos)) {
    create(to_tracks(infos));
  }
}

void Take::resume(bool expects_feed) {
  wait_for_feed(expects_feed);
  parts_.recording.resume_take(address_, home_.reply<ResumedTake>([this](Result<ResumedTake> take) {
    resumed(std::move(take));
  }));
}

void Take::wait_for_feed(bool expects_feed) {
  expects_feed_ = expects_feed;
  patience_ = parts_.clock.steady() + (expects_feed ? kPatience : milliseconds(0));
}

void Take::resumed(Result<ResumedTake> take) {
  if (is_ended_) {
    return;
  }
  if (!take && take.error().kind == ErrorKind::kNotFound) {
    begin({}, expects_feed_);
    return;
  }
  if (!take) {
    log::error("take \"{}\": cannot go on: {}; next try in {} ms", address_.folder,
               take.error().message, kResumeAgain.count());
    is_resume_due_ = true;
    next_resume_ = parts_.clock.steady() + kResumeAgain;
    return;
  }
  make_slate(to_infos(take->tracks));
  const hls::TimelineOptions options{take->timing, parts_.timing.window, false};
  const bool has_segments = take->state.next_msn > 0;
  timeline_.emplace(std::move(take->tracks), options, std::move(take->state));
  settle_tracks();
  if (has_segments) {
    channel_.publish_all(*timeline_);
    events_.on_channel();
  }
}

void Take::make_slate(const std::vector<pipeline::TrackInfo>& infos) {
  maker_ = std::make_unique<SlateMaker>(
      parts_.starter, parts_.clock, fmt::format("event \"{}\"", address_.event_id), title_, infos,
      parts_.timing.part,
      [this](std::shared_ptr<const SlateMedia> media) { slate_made(std::move(media)); });
  maker_->advance();
}

void Take::slate_made(std::shared_ptr<const SlateMedia> media) {
  if (is_ended_) {
    return;
  }
  slate_ = std::move(media);
  if (!timeline_) {
    create(to_tracks(slate_->infos()));
  } else {
    fit_slate();
  }
}

void Take::create(std::vector<hls::Track> tracks) {
  const hls::PlaylistTiming timing = parts_.timing.playlist();
  parts_.recording.create_take(address_, {tracks, timing, parts_.clock.wall()},
                               home_.reply<void>([this](const Status& status) {
                                 if (!status) {
                                   recorder_.report(status);
                                 }
                               }));
  timeline_.emplace(std::move(tracks), hls::TimelineOptions{timing, parts_.timing.window, false});
  settle_tracks();
}

void Take::settle_tracks() {
  fit_slate();
  events_.tracks(to_infos(timeline_->tracks()));
}

void Take::fit_slate() {
  if (!slate_) {
    return;
  }
  auto fitting = slate_->in_order_of(timeline_->tracks());
  if (!fitting) {
    log::error("take \"{}\": {}", address_.folder, fitting.error().message);
    slate_.reset();
    return;
  }
  slate_ = std::make_shared<const SlateMedia>(std::move(*fitting));
}

// --- The feed ------------------------------------------------------------------------------------

void Take::feed_tracks(const std::vector<pipeline::TrackInfo>& infos) {
  if (awaits_tracks_ && !is_ended_) {
    begin_with(infos);
  }
}

void Take::feed_part(const FeedRun& run, const pipeline::Part& part) {
  // The playlist has promised how long parts are: another run comes.
  if (!timeline_ || is_ended_ || is_paused_ || run.part != parts_.timing.part ||
      !lanes_.follow(run, timeline_->tracks())) {
    return;
  }
  const auto lane = lanes_.lane_of(part.track);
  if (!lane) {
    return;
  }
  if (wants_cut_ && !lanes_.is_open()) {
    wants_cut_ = false;
    events_.wants_cut();
  }
  auto released = lanes_.add(part, *lane);
  if (!released) {
    events_.bad_feed(released.error().message);
    return;
  }
  for (pipeline::Part& each : *released) {
    if (lanes_.run_number() != run.number) {
      return;  // the run was given up on the way
    }
    add_feed_part(run, std::move(each));
  }
}

void Take::add_feed_part(const FeedRun& run, pipeline::Part part) {
  if (source_ != Source::kFeed || shown_run_ != run.number) {
    begin_feed(run);
  }
  if (source_ != Source::kFeed) {
    return;
  }
  const std::size_t track = part.track;
  hls::Fragment fragment;
  fragment.segment = part.segment;
  fragment.part = part.part;
  fragment.is_independent = part.is_independent;
  fragment.is_last = part.is_last;
  fragment.decode_time = part.decode_time;
  fragment.duration = part.duration;
  fragment.arrived = part.arrived;
  fragment.bytes = share(std::move(part.bytes));
  auto placed = timeline_->add(track, std::move(fragment));
  if (!placed) {
    events_.bad_feed(placed.error().message);
    return;
  }
  if (track == 0 && part.part == 0 && !placed->empty()) {
    timeline_->correct_date(drift_.note(part.arrived - placed->back().part->date));
  }
  record(std::move(*placed));
}

void Take::begin_feed(const FeedRun& run) {
  player_.reset();
  record(timeline_->begin_discontinuity(hls::StretchStart::kTogether));
  for (std::size_t i = 0; i < run.inits.size(); ++i) {
    const auto lane = lanes_.lane_of(i);
    if (lane && !set_init(*lane, run.inits[i])) {
      events_.bad_feed("its init segments cannot be used");
      return;
    }
  }
  drift_.reset();
  shown_run_ = run.number;
  set_source(Source::kFeed);
}

void Take::feed_run_ended() {
  lanes_.leave();
  if (source_ == Source::kFeed) {
    begin_slate();
  }
}

void Take::pause() {
  is_paused_ = true;
  lanes_.leave();
  if (source_ == Source::kFeed) {
    begin_slate();
  }
}

void Take::unpause() {
  is_paused_ = false;
  wants_cut_ = false;
  events_.wants_cut();
}

// --- The slate -----------------------------------------------------------------------------------

void Take::begin_slate() {
  if (!slate_ || !timeline_ || is_ended_) {
    set_source(Source::kNone);
    return;
  }
  lanes_.shut();
  wants_cut_ = true;
  record(timeline_->begin_discontinuity(hls::StretchStart::kOwnEnd));
  for (std::size_t i = 0; i < timeline_->tracks().size(); ++i) {
    if (!set_init(i, slate_->init(i))) {
      slate_.reset();  // it would fail again
      return;
    }
  }
  player_.emplace(slate_, parts_.timing.slate(), parts_.clock, last_part_);
  set_source(Source::kSlate);
}

void Take::play_slate() {
  auto placed = player_->advance(*timeline_);
  if (!placed) {
    log::error("take \"{}\": {}", address_.folder, placed.error().message);
    player_.reset();
    slate_.reset();  // it would fail again: better none than a loop
    set_source(Source::kNone);
    return;
  }
  record(std::move(*placed));
}

void Take::advance() {
  const SteadyTime now = parts_.clock.steady();
  if (is_ended_) {
    return;
  }
  if (is_resume_due_ && now >= next_resume_) {
    is_resume_due_ = false;
    resume(expects_feed_);
  }
  if (awaits_tracks_ && now >= patience_) {
    begin_with(default_tracks());
  }
  if (maker_) {
    maker_->advance();
  }
  recorder_.advance();
  if (!timeline_) {
    return;
  }
  const bool is_silent = last_part_ && now - *last_part_ > parts_.timing.feed_silence();
  if (source_ == Source::kFeed && is_silent && slate_) {
    log::info("take \"{}\": the feed is silent", address_.folder);
    begin_slate();
  } else if (source_ == Source::kNone && slate_ && now >= patience_) {
    begin_slate();
  }
  if (source_ == Source::kSlate) {
    play_slate();
  }
}

// --- Both ----------------------------------------------------------------------------------------

bool Take::set_init(std::size_t track, const SharedBytes& init) {
  const auto set = timeline_->set_init(track, init);
  if (!set) {
    log::error("take \"{}\": {}", address_.folder, set.error().message);
    set_source(Source::kNone);
    return false;
  }
  if (set->is_new) {
    recorder_.add_init(track, set->number, init);
  }
  return true;
}

void Take::record(std::vector<hls::PlacedPart> placed) {
  if (!placed.empty()) {
    last_part_ = parts_.clock.steady();
  }
  for (hls::PlacedPart& each : placed) {
    recorder_.add(std::move(each));
  }
}

void Take::announce(const hls::PlacedPart& placed) {
  if (is_ended_) {
    return;
  }
  timeline_->announce(placed.track, placed.part);
  const bool was_open = channel_.is_open();
  channel_.track_changed(*timeline_, placed.track);
  if (!was_open && channel_.is_open()) {
    events_.on_channel();
  }
}

void Take::set_source(Source source) {
  if (source != source_) {
    source_ = source;
    events_.source(source == Source::kFeed);
  }
}

void Take::finish(std::function<void()> done) {
  stop_sources();
  if (timeline_ && channel_.is_open()) {
    timeline_->end();
    channel_.publish_all(*timeline_);
  }
  close_recording(std::move(done));
}

void Take::suspend(std::function<void()> done) {
  stop_sources();
  channel_.leave();
  close_recording(std::move(done));
}

void Take::stop_sources() {
  recorder_.flush();
  is_ended_ = true;
  maker_.reset();
  player_.reset();
  lanes_.leave();
}

void Take::close_recording(std::function<void()> done) {
  parts_.recording.close_take(
      address_, home_.reply<void>([this, done = std::move(done)](const Status& status) {
        if (!status) {
          log::error("take \"{}\": closing: {}", address_.folder, status.error().message);
        }
        channel_.close();
        done();  // may destroy this object
      }));
}

std::optional<std::int64_t> Take::media_ms() const {
  if (!timeline_ || !channel_.is_open()) {
    return std::nullopt;
  }
  return timeline_->announced_time().count();
}

}  // namespace estrad::live
