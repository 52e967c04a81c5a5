#include "hls/segment.h"

#include <utility>

namespace estrad::hls {

Segment begin_segment(PartPtr first) {
  Segment segment;
  SegmentInfo& info = segment.info;
  info.run = first->run;
  info.msn = first->msn;
  info.init = first->init;
  info.decode_time = first->decode_time;
  info.starts_discontinuity = first->starts_discontinuity;
  info.is_gap = first->is_gap;
  info.discontinuity_sequence = first->discontinuity_sequence;
  info.date = first->date;
  extend(segment, std::move(first));
  return segment;
}

void extend(Segment& segment, PartPtr part) {
  segment.info.duration = part->end_time() - segment.info.decode_time;
  segment.info.size += part->bytes ? part->bytes->size() : 0;
  segment.parts.push_back(std::move(part));
}

}  // namespace estrad::hls
