#include "pipeline/feed_decoder.h"

#include <algorithm>
#include <string>
#include <variant>

#include <spdlog/fmt/fmt.h>

#include "pipeline/codec_string.h"
#include "pipeline/encoder_text.h"

namespace estrad::pipeline {
namespace {

/// GStreamer knows no negative time, but frames that lead the first keyframe have one.
constexpr MediaTime kOffset = std::chrono::hours(1);
/// Sound that has come before the first keyframe, but may belong after it.
constexpr std::size_t kEarlySoundKept = 256;
constexpr std::size_t kArrivalsKept = 512;
/// A feed is given this long to show a picture.
constexpr milliseconds kPicturePatience{10'000};
/// Sound further ahead of the picture than this: the picture stands still.
constexpr milliseconds kPictureLag{1000};

constexpr const char* kVideoText =
    "appsrc name=in max-bytes=8000000 max-buffers=30 max-time=0 ! "
    "avdec_h264 max-threads=1 ! appsink name=out0";

std::string audio_text() {
  return fmt::format(
      "appsrc name=in max-bytes=1000000 max-buffers=0 max-time=0 ! avdec_aac ! audioconvert ! "
      "audioresample ! {} ! appsink name=out0",
      kRawAudioCaps);
}

glib::Ref<GstCaps> with_configuration(GstCaps* caps, const Bytes& configuration) {
  auto owned = glib::Ref<GstCaps>::adopt(caps);
  const auto data = glib::Ref<GstBuffer>::adopt(
      gst_buffer_new_memdup(configuration.data(), configuration.size()));
  gst_caps_set_simple(owned.get(), "codec_data", GST_TYPE_BUFFER, data.get(), nullptr);
  return owned;
}

glib::Ref<GstCaps> video_caps(const FlvVideoHeader& header) {
  switch (header.codec) {
    case VideoCodec::kH264:
      return with_configuration(
          gst_caps_new_simple("video/x-h264", "stream-format", G_TYPE_STRING, "avc", "alignment",
                              G_TYPE_STRING, "au", nullptr),
          header.configuration);
  }
  return nullptr;
}

glib::Ref<GstCaps> audio_caps(const FlvAudioHeader& header, const AacConfiguration& aac) {
  auto caps = with_configuration(
      gst_caps_new_simple("audio/mpeg", "mpegversion", G_TYPE_INT, 4, "stream-format",
                          G_TYPE_STRING, "raw", "rate", G_TYPE_INT,
                          static_cast<int>(aac.sample_rate), nullptr),
      header.configuration);
  if (aac.channels > 0) {
    gst_caps_set_simple(caps.get(), "channels", G_TYPE_INT, static_cast<int>(aac.channels),
                        nullptr);
  }
  return caps;
}

}  // namespace

FeedDecoder::FeedDecoder(const Clock& clock, Callbacks callbacks)
    : clock_(clock), callbacks_(std::move(callbacks)) {}

Status FeedDecoder::take(FlvItem item) {
  return std::visit([this](auto&& one) { return take_one(std::forward<decltype(one)>(one)); },
                    std::move(item));
}

Status FeedDecoder::take_one(FlvIgnored&& ignored) {
  if (ignored.codec_name != nullptr) {
    warning_ = std::string("The feed holds ") + ignored.codec_name + ", which cannot be read.";
  }
  return {};
}

Status FeedDecoder::take_one(FlvMetadata&& metadata) {
  claimed_frame_rate_ = metadata.frame_rate.value_or(claimed_frame_rate_);
  return {};
}

Status FeedDecoder::take_one(FlvVideoHeader&& header) {
  if (header.configuration == video_configuration_) {
    return {};
  }
  if (!video_graph_) {
    auto graph = MediaGraph::create(
        kVideoText, 1,
        {[this](std::size_t, const glib::Ref<GstSample>& sample) { handle_picture(sample.get()); },
         [this](std::size_t) { --ends_left_; }});
    if (!graph) {
      return fail(std::move(graph).error());
    }
    video_graph_ = std::move(*graph);
    ++ends_left_;
  }
  callbacks_.on_configuration(header.configuration);
  video_graph_->set_caps(video_caps(header));
  video_configuration_ = std::move(header.configuration);
  return {};
}

Status FeedDecoder::take_one(FlvVideoFrame&& frame) {
  const milliseconds decode_at = feed_clock_.at(frame.timestamp_ms);
  // A composition offset of more than a few seconds is a broken packet's.
  const milliseconds composition(std::clamp(frame.composition_ms, -2000, 5000));
  const milliseconds at = decode_at + composition;
  if (!video_graph_ || (!origin_ && !frame.is_keyframe)) {
    return {};
  }
  if (!origin_) {
    origin_ = at;
    newest_picture_ = at;
    for (const auto& [sound_at, data] : std::exchange(early_sound_, {})) {
      push_sound(sound_at, data);
    }
  }
  newest_picture_ = std::max(newest_picture_, at);
  const MediaTime time = at - *origin_;
  const WallTime arrived = clock_.wall();
  {
    const std::lock_guard lock(arrivals_mutex_);
    arrivals_.emplace_back(time, arrived);
    if (arrivals_.size() > kArrivalsKept) {
      arrivals_.pop_front();
    }
  }
  auto buffer = make_buffer(frame.data.data(), frame.data.size(), time + kOffset);
  if (!frame.is_keyframe) {
    GST_BUFFER_FLAG_SET(buffer.get(), GST_BUFFER_FLAG_DELTA_UNIT);
  }
  callbacks_.on_unit(
      {std::move(frame.data), decode_at - *origin_, time, frame.is_keyframe, arrived});
  video_graph_->push(std::move(buffer));
  return {};
}

Status FeedDecoder::take_one(FlvAudioHeader&& header) {
  if (header.configuration == audio_configuration_) {
    return {};
  }
  const auto aac = parse_aac_configuration(header.configuration);
  if (!aac) {
    warning_ = "The feed's sound cannot be read: " + aac.error().message + ".";
    return {};
  }
  if (!audio_graph_) {
    auto graph = MediaGraph::create(
        audio_text(), 1,
        {[this](std::size_t, const glib::Ref<GstSample>& sample) { handle_sound(sample.get()); },
         [this](std::size_t) { --ends_left_; }});
    if (!graph) {
      return fail(std::move(graph).error());
    }
    audio_graph_ = std::move(*graph);
    ++ends_left_;
  }
  audio_graph_->set_caps(audio_caps(header, *aac));
  audio_configuration_ = std::move(header.configuration);
  return {};
}

Status FeedDecoder::take_one(FlvAudioFrame&& frame) {
  const milliseconds at = feed_clock_.at(frame.timestamp_ms);
  if (!origin_) {
    first_sound_ = std::min(first_sound_.value_or(at), at);
    if (at - *first_sound_ > kPicturePatience) {
      return fail(media_error("the feed has sound but no picture"));
    }
    early_sound_.emplace_back(at, std::move(frame.data));
    if (early_sound_.size() > kEarlySoundKept) {
      early_sound_.pop_front();
    }
    return {};
  }
  push_sound(at, frame.data);
  if (at - newest_picture_ > kPictureLag) {
    callbacks_.on_picture_lost(at - *origin_ - kPictureLag / 2);
  }
  return {};
}

void FeedDecoder::push_sound(milliseconds at, const Bytes& data) {
  if (audio_graph_ && at >= *origin_) {
    newest_sound_ = std::max<MediaTime>(newest_sound_.load(), at - *origin_);
    audio_graph_->push(make_buffer(data.data(), data.size(), at - *origin_ + kOffset));
  }
}

void FeedDecoder::end() {
  for (MediaGraph* graph : {video_graph_.get(), audio_graph_.get()}) {
    if (graph != nullptr) {
      graph->end();
    }
  }
}

void FeedDecoder::stop() {
  for (MediaGraph* graph : {video_graph_.get(), audio_graph_.get()}) {
    if (graph != nullptr) {
      graph->stop();
    }
  }
}

void FeedDecoder::handle_picture(GstSample* sample) {
  GstCaps* caps = gst_sample_get_caps(sample);
  const bool is_new_format = !caps_ || gst_caps_is_equal(caps_.get(), caps) == FALSE;
  if (is_new_format) {
    caps_ = glib::Ref<GstCaps>::retain(caps);
  }
  const MediaTime time = running_time(sample) - kOffset;
  callbacks_.on_picture(sample, is_new_format, time, arrival_of(time));
}

void FeedDecoder::handle_sound(GstSample* sample) {
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  GstMapInfo map;
  if (gst_buffer_map(buffer, &map, GST_MAP_READ) == FALSE) {
    return;
  }
  const std::span samples(reinterpret_cast<const float*>(map.data), map.size / sizeof(float));
  callbacks_.on_sound(samples, running_time(sample) - kOffset);
  gst_buffer_unmap(buffer, &map);
}

WallTime FeedDecoder::arrival_of(MediaTime time) {
  const std::lock_guard lock(arrivals_mutex_);
  const auto found = std::find_if(arrivals_.begin(), arrivals_.end(),
                                  [time](const auto& arrival) { return arrival.first == time; });
  return found != arrivals_.end() ? found->second : clock_.wall();
}

bool FeedDecoder::is_full() const {
  return video_graph_ && video_graph_->is_full();
}

std::optional<Error> FeedDecoder::take_error() {
  if (audio_graph_) {
    if (const auto error = audio_graph_->take_error()) {
      warning_ = "The feed's sound cannot be read: " + error->message + ".";
    }
  }
  return video_graph_ ? video_graph_->take_error() : std::nullopt;
}

std::optional<std::string> FeedDecoder::take_warning() {
  return std::exchange(warning_, std::nullopt);
}

}  // namespace estrad::pipeline
