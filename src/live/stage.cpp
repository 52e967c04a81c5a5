#include "live/stage.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace estrad::live {
namespace {

/// A preview outlives its feed this long, so that a reconnecting encoder goes on in it.
constexpr std::chrono::seconds kPreviewStays{20};

}  // namespace

Stage::Stage(webcast::Stage stage, const TakeParts& parts, std::function<void()> presence)
    : clock_(parts.clock),
      publisher_(parts.publisher),
      presence_(std::move(presence)),
      info_(std::move(stage)),
      source_(
          info_.id, parts.timing.part, parts.starter, parts.clock,
          {.tracks =
               [this](const FeedRun& run) {
                 if (take_ != nullptr) {
                   take_->feed_tracks(run.tracks);
                 }
               },
           .part = [this](const FeedRun& run, const pipeline::Part& part) { take_part(run, part); },
           .run_ended =
               [this] {
                 if (take_ != nullptr) {
                   take_->feed_run_ended();
                 }
               },
           .signal = [this](const pipeline::Signal& signal) { take_signal(signal); },
           .presence = [this] { presence_changed(); }}),
      preview_(parts.clock, parts.publisher, info_.id, parts.timing) {}

void Stage::set_take(Take* take) {
  take_ = take;
  if (take == nullptr) {
    source_.freeze({});
  }
}

void Stage::take_part(const FeedRun& run, const pipeline::Part& part) {
  last_part_ = clock_.steady();
  preview_.feed_part(run, part);
  if (take_ != nullptr) {
    take_->feed_part(run, part);
  }
}

void Stage::take_signal(const pipeline::Signal& signal) {
  signal_ = signal;
  publish_signal();
}

void Stage::presence_changed() {
  if (!source_.has_feed()) {
    signal_.reset();
  }
  publish_signal();
  presence_();
}

void Stage::publish_signal() {
  publisher_.publish_console("stage/" + info_.id, signal_json());
}

void Stage::advance() {
  source_.advance();
  const bool is_over = !source_.has_feed() && clock_.steady() - last_part_ > kPreviewStays;
  if (preview_.is_open() && is_over) {
    preview_.close();
  }
}

std::string Stage::signal_json() const {
  nlohmann::json json = {{"type", "signal"},
                         {"stage", info_.id},
                         {"connected", source_.has_feed()},
                         {"since", format_rfc3339(source_.since())},
                         {"warnings", nlohmann::json::array()}};
  if (const FeedStart* feed = source_.feed(); feed != nullptr) {
    json["protocol"] = feed->protocol;
    json["encoder"] = feed->encoder;
    json["backup"] = feed->is_backup;
  }
  if (signal_) {
    json["codecs"] = {{"video", signal_->video_codec}, {"audio", signal_->audio_codec}};
    json["size"] = {{"width", signal_->width}, {"height", signal_->height}};
    json["fps"] = signal_->frame_rate;
    json["bitrate"] = signal_->bitrate;
    json["keyframe_interval"] = signal_->keyframe_interval;
    json["audio_peak_db"] =
        signal_->audio_peak_db ? nlohmann::json(*signal_->audio_peak_db) : nlohmann::json();
    json["audio_level_db"] =
        signal_->audio_level_db ? nlohmann::json(*signal_->audio_level_db) : nlohmann::json();
    json["warnings"] = signal_->warnings;
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace estrad::live
