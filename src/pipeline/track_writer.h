#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "base/result.h"
#include "glib/ref.h"
#include "pipeline/cmaf_muxer.h"
#include "pipeline/media_time.h"
#include "pipeline/record_output.h"
#include "pipeline/segment_plan.h"

namespace estrad::pipeline {

/// An encoded frame as it comes out of an encoder.
struct EncodedFrame {
  Bytes data;
  MediaTime time{};
  bool is_key = false;
};

/// What an encoder says of its stream in its caps; empty when it says nothing.
[[nodiscard]] Bytes decoder_configuration(GstSample* sample);
[[nodiscard]] EncodedFrame encoded_frame(GstSample* sample);

/// One rung's way from its encoder to the records: frames wait until the plan knows what follows
/// them, then go into parts. One thread at a time.
class VideoTrackWriter {
 public:
  VideoTrackWriter(std::uint8_t track, TrackInfo info, const SegmentPlan& plan,
                   RecordOutput& output);

  [[nodiscard]] Status add(GstSample* sample);
  /// The encoder is empty and the plan finished.
  [[nodiscard]] Status finish();

 private:
  [[nodiscard]] Status open(GstSample* sample);
  [[nodiscard]] Status write_decided_frames();
  [[nodiscard]] Status write_frame(const EncodedFrame& frame, const SegmentPlan::VideoFrame& place);

  // set once
  const std::uint8_t track_;
  TrackInfo info_;
  const SegmentPlan& plan_;
  RecordOutput& output_;
  std::optional<CmafMuxer> muxer_;

  // the encoder's thread
  std::deque<EncodedFrame> waiting_;
  std::optional<Part> part_;
};

/// The audio track's way to the records: counts AAC frames instead of trusting time stamps, and
/// parts hold a fixed number of them. One thread at a time.
class AudioTrackWriter {
 public:
  AudioTrackWriter(std::uint8_t track, TrackInfo info, milliseconds part, const SegmentPlan& plan,
                   RecordOutput& output);

  [[nodiscard]] Status add(GstSample* sample);
  [[nodiscard]] Status finish();

 private:
  [[nodiscard]] Status open(GstSample* sample);
  [[nodiscard]] Status write_decided_frames();
  [[nodiscard]] Status write_frame(const Bytes& data, std::uint32_t segment, WallTime arrived);
  [[nodiscard]] Status end_part(bool is_last);

  // set once
  const std::uint8_t track_;
  TrackInfo info_;
  const std::int64_t frames_per_part_;
  const SegmentPlan& plan_;
  RecordOutput& output_;
  std::optional<CmafMuxer> muxer_;

  // the encoder's thread
  std::deque<Bytes> waiting_;
  std::int64_t next_frame_ = -1;  ///< of the first waiting one; -1 is the encoder's priming
  std::optional<Part> part_;
  std::uint32_t segment_ = 0;
  std::uint16_t next_part_ = 0;
};

/// The audio track's decoder side: name and codec once its configuration is known.
[[nodiscard]] Result<TrackInfo> audio_track_info(TrackInfo info, ByteView configuration);

}  // namespace estrad::pipeline
