#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "pipeline/framing.h"

namespace estrad::pipeline {

/// What a muxer must know of its track beyond the packets.
struct CmafTrack {
  TrackInfo info;
  /// avcC, or AudioSpecificConfig.
  Bytes configuration;
  /// How far presentation may lie before decoding (reordered pictures), in the track's timescale.
  std::int64_t reorder_delay = 0;
};

/// When a packet is decoded and shown, in the track's timescale.
struct PacketTimes {
  std::int64_t decode = 0;
  std::int64_t presentation = 0;
  std::int64_t duration = 0;
};

/// Packs one track into CMAF (ISO 23000-19) by libav: an init segment, then parts of one moof and
/// one mdat each, which come out at once. Used on one thread at a time.
class CmafMuxer {
 public:
  [[nodiscard]] static Result<CmafMuxer> create(const CmafTrack& track);
  ~CmafMuxer();
  CmafMuxer(CmafMuxer&& other) noexcept;
  CmafMuxer& operator=(CmafMuxer&& other) noexcept;

  /// ftyp and moov.
  [[nodiscard]] const Bytes& init_segment() const { return init_segment_; }
  /// Adds a packet to the part that is open. The first packet of all is presented when decoded.
  [[nodiscard]] Status add(ByteView data, const PacketTimes& times, bool is_key);
  /// Ends the part and gives its bytes. At least one packet has been added since the last one.
  [[nodiscard]] Result<Bytes> end_part();

 private:
  CmafMuxer();
  [[nodiscard]] Status open(const CmafTrack& track);
  [[nodiscard]] Bytes take_written();

  struct Context;
  std::unique_ptr<Context> context_;
  std::int64_t reorder_delay_ = 0;
  Bytes init_segment_;
  bool is_part_open_ = false;
};

}  // namespace estrad::pipeline
