#include "pipeline/passed_track_writer.h"

#include <algorithm>
#include <utility>

#include "pipeline/codec_string.h"

namespace estrad::pipeline {
namespace {

std::int64_t ticks(MediaTime time) {
  return to_ticks(time, kVideoTimescale);
}

bool is_same_part(const SegmentPlan::Place& a, const SegmentPlan::Place& b) {
  return a.segment == b.segment && a.part == b.part;
}

}  // namespace

Result<PassedTrackWriter> PassedTrackWriter::create(std::uint8_t track, TrackInfo info,
                                                    PassedLine& line, const SegmentPlan& plan,
                                                    RecordOutput& output) {
  Bytes configuration = line.configuration();
  auto codecs = avc_codec_string(configuration);
  if (!codecs) {
    return fail(std::move(codecs).error());
  }
  info.codecs = std::move(*codecs);
  auto muxer = CmafMuxer::create({info, std::move(configuration), ticks(line.reorder_delay())});
  if (!muxer) {
    return fail(std::move(muxer).error());
  }
  output.set_track(track, std::move(info), muxer->init_segment());
  return PassedTrackWriter(track, std::move(*muxer), line, plan, output);
}

PassedTrackWriter::PassedTrackWriter(std::uint8_t track, CmafMuxer muxer, PassedLine& line,
                                     const SegmentPlan& plan, RecordOutput& output)
    : track_(track), line_(&line), plan_(&plan), output_(&output), muxer_(std::move(muxer)) {}

Status PassedTrackWriter::advance() {
  line_->take_units(waiting_);
  while (waiting_.size() > 1) {
    const auto place = plan_->part_at(waiting_[0].decode);
    const auto next = plan_->part_at(waiting_[1].decode);
    if (!place || !next) {
      break;
    }
    if (auto written = write(waiting_[0], *place, next, waiting_[1].decode); !written) {
      return written;
    }
    waiting_.pop_front();
  }
  return {};
}

Status PassedTrackWriter::finish(MediaTime end) {
  line_->take_units(waiting_);
  while (!waiting_.empty() && waiting_.back().decode >= end) {
    waiting_.pop_back();
  }
  if (auto written = advance(); !written) {
    return written;
  }
  if (waiting_.empty()) {
    return {};
  }
  const auto place = plan_->part_at(waiting_[0].decode);
  if (!place) {
    return {};
  }
  auto written = write(waiting_[0], *place, std::nullopt, end);
  waiting_.clear();
  return written;
}

Status PassedTrackWriter::write(const AccessUnit& unit, const SegmentPlan::Place& place,
                                const std::optional<SegmentPlan::Place>& next_place,
                                MediaTime next) {
  const bool ends_part = !next_place || !is_same_part(place, *next_place);
  const bool ends_segment = !next_place || place.segment != next_place->segment;
  if (!part_) {
    decode_ = std::max(decode_, ticks(place.part_start));
    if (place.part == 0 && !unit.is_idr) {
      return fail(internal_error("a segment that is passed through without a keyframe"));
    }
    part_ = Part{track_,      place.segment, place.part,
                 unit.is_idr, false,         static_cast<std::uint64_t>(decode_),
                 0,           unit.arrived,  {}};
  }
  const MediaTime next_start = next_place && ends_part ? next_place->part_start : next;
  const std::int64_t next_decode = std::max(ticks(next_start), decode_ + 1);
  const PacketTimes times{decode_, ticks(unit.presentation), next_decode - decode_};
  if (auto added = muxer_.add(unit.data, times, unit.is_idr); !added) {
    return added;
  }
  part_->duration += static_cast<std::uint32_t>(times.duration);
  decode_ = next_decode;
  if (!ends_part) {
    return {};
  }
  auto bytes = muxer_.end_part();
  if (!bytes) {
    return fail(std::move(bytes).error());
  }
  part_->is_last = ends_segment;
  part_->bytes = std::move(*bytes);
  output_->write(*std::exchange(part_, std::nullopt));
  return {};
}

}  // namespace estrad::pipeline
