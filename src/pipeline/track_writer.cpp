#include "pipeline/track_writer.h"

#include <utility>

#include "pipeline/codec_string.h"
#include "pipeline/media_graph.h"

namespace estrad::pipeline {
namespace {

/// More than any encoder delay or wait for the picture; beyond it something is broken.
constexpr std::size_t kMaxWaiting = 4096;

Bytes read_buffer(GstBuffer* buffer) {
  Bytes bytes(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
  return bytes;
}

MediaTime aac_frame_time(std::int64_t frame) {
  return from_samples(frame * kAacFrame);
}

}  // namespace

Bytes decoder_configuration(GstSample* sample) {
  const GstCaps* caps = gst_sample_get_caps(sample);
  if (caps == nullptr || gst_caps_is_empty(caps)) {
    return {};
  }
  const GValue* value = gst_structure_get_value(gst_caps_get_structure(caps, 0), "codec_data");
  return value == nullptr ? Bytes() : read_buffer(gst_value_get_buffer(value));
}

EncodedFrame encoded_frame(GstSample* sample) {
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  return {read_buffer(buffer), running_time(sample),
          !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT)};
}

VideoTrackWriter::VideoTrackWriter(std::uint8_t track, TrackInfo info, const SegmentPlan& plan,
                                   RecordOutput& output)
    : track_(track), info_(std::move(info)), plan_(plan), output_(output) {}

Status VideoTrackWriter::open(GstSample* sample) {
  Bytes configuration = decoder_configuration(sample);
  auto codecs = avc_codec_string(configuration);
  if (!codecs) {
    return fail(std::move(codecs).error());
  }
  info_.codecs = std::move(*codecs);
  auto muxer = CmafMuxer::create({info_, std::move(configuration), 0});
  if (!muxer) {
    return fail(std::move(muxer).error());
  }
  muxer_ = std::move(*muxer);
  output_.set_track(track_, info_, muxer_->init_segment());
  return {};
}

Status VideoTrackWriter::add(GstSample* sample) {
  if (!muxer_) {
    if (auto opened = open(sample); !opened) {
      return opened;
    }
  }
  waiting_.push_back(encoded_frame(sample));
  if (waiting_.size() > kMaxWaiting) {
    return fail(internal_error("track \"" + info_.name + "\": frames that are not in the plan"));
  }
  return write_decided_frames();
}

Status VideoTrackWriter::finish() {
  return write_decided_frames();
}

Status VideoTrackWriter::write_decided_frames() {
  while (!waiting_.empty()) {
    const auto place = plan_.video_frame(waiting_.front().time);
    if (!place) {
      break;
    }
    if (auto written = write_frame(waiting_.front(), *place); !written) {
      return written;
    }
    waiting_.pop_front();
  }
  return {};
}

Status VideoTrackWriter::write_frame(const EncodedFrame& frame,
                                     const SegmentPlan::VideoFrame& place) {
  const std::int64_t start = to_ticks(place.decode, kVideoTimescale);
  const std::int64_t end = to_ticks(place.decode + place.duration, kVideoTimescale);
  if (place.starts_segment && !frame.is_key) {
    return fail(internal_error("track \"" + info_.name + "\": a segment without a keyframe"));
  }
  if (!part_) {
    part_ = Part{
        track_, place.segment, place.part, frame.is_key, false, static_cast<std::uint64_t>(start),
        0,      place.arrived, {}};
  }
  const PacketTimes times{start, to_ticks(place.time, kVideoTimescale), end - start};
  if (auto added = muxer_->add(frame.data, times, frame.is_key); !added) {
    return added;
  }
  part_->duration += static_cast<std::uint32_t>(end - start);
  if (!place.ends_part) {
    return {};
  }
  auto bytes = muxer_->end_part();
  if (!bytes) {
    return fail(std::move(bytes).error());
  }
  part_->is_last = place.ends_segment;
  part_->bytes = std::move(*bytes);
  output_.write(*std::exchange(part_, std::nullopt));
  return {};
}

Result<TrackInfo> audio_track_info(TrackInfo info, ByteView configuration) {
  const auto aac = parse_aac_configuration(configuration);
  if (!aac) {
    return fail(aac.error());
  }
  info.codecs = aac_codec_string(*aac);
  return info;
}

AudioTrackWriter::AudioTrackWriter(std::uint8_t track, TrackInfo info, milliseconds part,
                                   const SegmentPlan& plan, RecordOutput& output)
    : track_(track),
      info_(std::move(info)),
      frames_per_part_(audio_frames_per_part(part)),
      plan_(plan),
      output_(output) {}

Status AudioTrackWriter::open(GstSample* sample) {
  Bytes configuration = decoder_configuration(sample);
  auto info = audio_track_info(info_, configuration);
  if (!info) {
    return fail(std::move(info).error());
  }
  info_ = std::move(*info);
  auto muxer = CmafMuxer::create({info_, std::move(configuration), 0});
  if (!muxer) {
    return fail(std::move(muxer).error());
  }
  muxer_ = std::move(*muxer);
  output_.set_track(track_, info_, muxer_->init_segment());
  return {};
}

Status AudioTrackWriter::add(GstSample* sample) {
  if (!muxer_) {
    if (auto opened = open(sample); !opened) {
      return opened;
    }
  }
  waiting_.push_back(read_buffer(gst_sample_get_buffer(sample)));
  if (next_frame_ < 0) {
    // The encoder's first frame holds nothing but its own delay: without it, frame n is n * 1024
    // samples from the start.
    waiting_.pop_front();
    next_frame_ = 0;
  }
  if (waiting_.size() > kMaxWaiting) {
    return fail(media_error("sound without a picture"));
  }
  return write_decided_frames();
}

Status AudioTrackWriter::finish() {
  if (auto written = write_decided_frames(); !written) {
    return written;
  }
  return part_ ? end_part(true) : Status();
}

Status AudioTrackWriter::write_decided_frames() {
  while (!waiting_.empty()) {
    const auto place = plan_.audio_frame(aac_frame_time(next_frame_), aac_frame_time(1));
    if (!place) {
      break;
    }
    if (place->is_past_end) {
      waiting_.clear();
      break;
    }
    if (auto written = write_frame(waiting_.front(), place->segment, place->arrived); !written) {
      return written;
    }
    waiting_.pop_front();
    ++next_frame_;
  }
  return {};
}

Status AudioTrackWriter::write_frame(const Bytes& data, std::uint32_t segment, WallTime arrived) {
  const std::int64_t part_ticks = frames_per_part_ * kAacFrame;
  const bool is_new_segment = segment != segment_;
  if (part_ && (is_new_segment || part_->duration >= part_ticks)) {
    if (auto ended = end_part(is_new_segment); !ended) {
      return ended;
    }
  }
  if (is_new_segment) {
    segment_ = segment;
    next_part_ = 0;
  }
  const std::int64_t time = next_frame_ * kAacFrame;
  if (!part_) {
    part_ = Part{track_,  segment_, next_part_++, true, false, static_cast<std::uint64_t>(time), 0,
                 arrived, {}};
  }
  part_->duration += static_cast<std::uint32_t>(kAacFrame);
  return muxer_->add(data, {time, time, kAacFrame}, true);
}

Status AudioTrackWriter::end_part(bool is_last) {
  auto bytes = muxer_->end_part();
  if (!bytes) {
    return fail(std::move(bytes).error());
  }
  part_->is_last = is_last;
  part_->bytes = std::move(*bytes);
  output_.write(*std::exchange(part_, std::nullopt));
  return {};
}

}  // namespace estrad::pipeline
