#include "pipeline/encoding.h"

#include <cmath>
#include <utility>

#include <gst/video/video.h>

#include "pipeline/encoder_text.h"

namespace estrad::pipeline {
namespace {

MediaTime frame_length(double frame_rate) {
  return MediaTime(std::llround(1e9 / frame_rate));
}

TrackInfo video_info(const Rung& rung, double frame_rate) {
  TrackInfo info;
  info.name = rung.name;
  info.kind = TrackKind::kVideo;
  info.timescale = kVideoTimescale;
  info.bitrate = rung.bitrate;
  info.width = rung.width;
  info.height = rung.height;
  info.frame_rate = frame_rate;
  return info;
}

/// Whether a picture of this format, fitted into the rung, leaves bars that are more than rounding.
bool needs_borders(const GstCaps* caps, const Rung& rung) {
  GstVideoInfo info;
  if (gst_video_info_from_caps(&info, caps) == FALSE || info.height == 0 || info.par_d == 0) {
    return true;
  }
  const double shape = static_cast<double>(info.width) * info.par_n / info.par_d / info.height;
  const double rung_shape = static_cast<double>(rung.width) / rung.height;
  return std::abs(shape / rung_shape - 1) > 0.02;
}

}  // namespace

TrackInfo Encoding::audio_info(const Options& options) {
  TrackInfo info;
  info.name = options.audio_name;
  info.kind = TrackKind::kAudio;
  info.timescale = kSampleRate;
  info.sample_rate = kSampleRate;
  info.channels = kChannels;
  info.bitrate = options.audio_bitrate;
  info.language = options.language;
  return info;
}

Result<std::unique_ptr<Encoding>> Encoding::create(const Options& options, RecordOutput& output) {
  std::unique_ptr<Encoding> encoding(new Encoding(options, output));
  if (auto started = encoding->start_video(); !started) {
    return fail(std::move(started).error());
  }
  if (options.has_audio) {
    if (auto started = encoding->start_audio(); !started) {
      return fail(std::move(started).error());
    }
  }
  return encoding;
}

Encoding::Encoding(const Options& options, RecordOutput& output)
    : options_(options),
      output_(output),
      plan_({options.segment, options.part, frame_length(options.frame_rate),
             options.passed != nullptr}),
      video_line_(
          plan_, frame_length(options.frame_rate),
          [this](glib::Ref<GstBuffer> frame) { pass_on(std::move(frame)); },
          options.passed
              ? [line = options.passed](MediaTime time) { return line->take_start(time); }
              : VideoLine::TakeStart()),
      audio_line_([this](std::span<const float> samples, std::int64_t first_frame) {
        audio_graph_->push(
            make_buffer(samples.data(), samples.size_bytes(), from_samples(first_frame)));
      }),
      audio_writer_(static_cast<std::uint8_t>(options.rungs.size()), audio_info(options),
                    options.part, plan_, output),
      tracks_left_(options.rungs.size() + (options.has_audio ? 1 : 0)) {}

Encoding::~Encoding() = default;

Status Encoding::start_video() {
  encoded_rungs_ = options_.rungs;
  if (options_.passed) {
    encoded_rungs_.erase(encoded_rungs_.begin());
    auto writer =
        PassedTrackWriter::create(0, video_info(options_.rungs.front(), options_.frame_rate),
                                  *options_.passed, plan_, output_);
    if (!writer) {
      return fail(std::move(writer).error());
    }
    passed_writer_.emplace(std::move(*writer));
  }
  return encoded_rungs_.empty() ? Status() : start_video_graph();
}

Status Encoding::start_video_graph() {
  const std::size_t first = options_.rungs.size() - encoded_rungs_.size();
  for (const Rung& rung : encoded_rungs_) {
    video_writers_.emplace_back(static_cast<std::uint8_t>(first + video_writers_.size()),
                                video_info(rung, options_.frame_rate), plan_, output_);
  }
  auto video = MediaGraph::create(video_encoder_text(options_.ladder.video_encoder, encoded_rungs_,
                                                     options_.frame_rate, options_.segment),
                                  encoded_rungs_.size(),
                                  {[this](std::size_t rung, const glib::Ref<GstSample>& sample) {
                                     keep_error(video_writers_[rung].add(sample.get()));
                                   },
                                   [this](std::size_t rung) {
                                     keep_error(video_writers_[rung].finish());
                                     end_track();
                                   }});
  if (!video) {
    return fail(std::move(video).error());
  }
  video_graph_ = std::move(*video);
  video_graph_->watch_entrance([this](GstBuffer* frame) -> glib::Ref<GstEvent> {
    if (!plan_.starts_segment(MediaTime(static_cast<std::int64_t>(GST_BUFFER_PTS(frame))))) {
      return nullptr;
    }
    // Without a time: with one set, x264enc 1.22 honours only the first event.
    return glib::Ref<GstEvent>::adopt(gst_video_event_new_downstream_force_key_unit(
        GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE, TRUE, 0));
  });
  return {};
}

void Encoding::pass_on(glib::Ref<GstBuffer> frame) {
  if (passed_writer_) {
    keep_error(passed_writer_->advance());
  }
  if (video_graph_) {
    video_graph_->push(std::move(frame));
  }
}

Status Encoding::start_audio() {
  auto audio = MediaGraph::create(
      audio_encoder_text(options_.ladder.audio_encoder, options_.audio_bitrate), 1,
      {[this](std::size_t, const glib::Ref<GstSample>& sample) {
         keep_error(audio_writer_.add(sample.get()));
       },
       [this](std::size_t) {
         keep_error(audio_writer_.finish());
         end_track();
       }});
  if (!audio) {
    return fail(std::move(audio).error());
  }
  audio_graph_ = std::move(*audio);
  return {};
}

void Encoding::set_picture(const glib::Ref<GstCaps>& caps) {
  if (!video_graph_) {
    return;
  }
  const bool has_borders = needs_borders(caps.get(), encoded_rungs_.front());
  g_object_set(video_graph_->element("fit").get(), "add-borders", has_borders ? TRUE : FALSE,
               nullptr);
  // Frames of any rate come in; the encoders count on the nominal one for their rate control.
  const auto steady = glib::Ref<GstCaps>::adopt(gst_caps_copy(caps.get()));
  const auto [numerator, denominator] = frame_rate_fraction(options_.frame_rate);
  gst_caps_set_simple(steady.get(), "framerate", GST_TYPE_FRACTION, numerator, denominator,
                      nullptr);
  video_graph_->set_caps(steady);
}

bool Encoding::finish() {
  const auto end = video_line_.finish();
  if (!end) {
    return false;
  }
  if (passed_writer_) {
    keep_error(passed_writer_->finish(*end));
    end_track();
  }
  if (video_graph_) {
    video_graph_->end();
  }
  if (audio_graph_) {
    audio_line_.finish(*end);
    audio_graph_->end();
  }
  return true;
}

void Encoding::end_track() {
  const std::lock_guard lock(end_mutex_);
  --tracks_left_;
  track_ended_.notify_all();
}

bool Encoding::wait_until_finished() {
  constexpr std::chrono::seconds kPatience(5);
  std::unique_lock lock(end_mutex_);
  return track_ended_.wait_for(lock, kPatience, [this] { return is_finished(); });
}

void Encoding::stop() {
  for (MediaGraph* graph : {video_graph_.get(), audio_graph_.get()}) {
    if (graph != nullptr) {
      graph->stop();
    }
  }
}

void Encoding::keep_error(const Status& status) {
  if (status) {
    return;
  }
  const std::lock_guard lock(error_mutex_);
  if (!error_) {
    error_ = status.error();
  }
}

std::optional<Error> Encoding::take_error() {
  for (MediaGraph* graph : {video_graph_.get(), audio_graph_.get()}) {
    if (graph == nullptr) {
      continue;
    }
    if (auto error = graph->take_error()) {
      return error;
    }
  }
  const std::lock_guard lock(error_mutex_);
  return std::exchange(error_, std::nullopt);
}

}  // namespace estrad::pipeline
