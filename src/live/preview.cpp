#include "live/preview.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "live/tracks.h"

namespace estrad::live {
namespace {

constexpr milliseconds kWindow{16'000};

}  // namespace

Preview::Preview(const Clock& clock, Publisher& publisher, const std::string& stage,
                 const Timing& timing)
    : clock_(clock), timing_(timing), channel_(publisher, "preview-" + stage, "live/") {}

void Preview::feed_part(const FeedRun& run, const pipeline::Part& part) {
  if (run.number != run_number_) {
    if (!run.has_inits()) {
      return;
    }
    begin_run(run);
  }
  if (!is_usable_) {
    return;
  }
  hls::Fragment fragment;
  fragment.segment = part.segment;
  fragment.part = part.part;
  fragment.is_independent = part.is_independent;
  fragment.is_last = part.is_last;
  fragment.decode_time = part.decode_time;
  fragment.duration = part.duration;
  fragment.arrived = part.arrived;
  fragment.bytes = share(part.bytes);
  const auto placed = timeline_->add(part.track, std::move(fragment));
  if (!placed) {
    log::warning("preview: {}", placed.error().message);
    is_usable_ = false;
    return;
  }
  announce(*placed);
}

void Preview::begin_run(const FeedRun& run) {
  run_number_ = run.number;
  std::vector<hls::Track> tracks = to_tracks(run.tracks);
  const hls::PlaylistTiming timing = timing_.with_part(run.part).playlist();
  if (!timeline_ || timeline_->tracks() != tracks || timeline_->timing() != timing) {
    // Media addresses carry the run number and the init's: by the second they are new even to a
    // browser that watched before a restart.
    hls::TimelineState state;
    const auto now = static_cast<std::uint32_t>(epoch_ms(clock_.wall()) / 1000);
    run_ = std::max(run_ + 1, now);
    state.run = run_;
    state.tracks.resize(tracks.size());
    for (hls::TimelineState::TrackState& track : state.tracks) {
      track.init = run_;
    }
    channel_.close();
    timeline_.emplace(std::move(tracks), hls::TimelineOptions{timing, kWindow, true},
                      std::move(state));
  } else {
    announce(timeline_->begin_discontinuity(hls::StretchStart::kTogether));
  }
  is_usable_ = true;
  for (std::size_t i = 0; i < run.inits.size(); ++i) {
    if (const auto set = timeline_->set_init(i, run.inits[i]); !set) {
      log::warning("preview: {}", set.error().message);
      is_usable_ = false;
    }
  }
}

void Preview::announce(const std::vector<hls::PlacedPart>& placed) {
  for (const hls::PlacedPart& each : placed) {
    timeline_->announce(each.track, each.part);
    channel_.track_changed(*timeline_, each.track);
  }
}

void Preview::close() {
  channel_.close();
  timeline_.reset();
  run_number_ = 0;
  is_usable_ = false;
}

}  // namespace estrad::live
