#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "pipeline/media_time.h"

namespace estrad::pipeline {

/// One picture of the source as it came. Times are media times: 0 is the presentation of the first
/// keyframe.
struct AccessUnit {
  Bytes data;  ///< length-prefixed NAL units
  MediaTime decode{};
  MediaTime presentation{};
  bool is_idr = false;
  WallTime arrived{};
};

/// Whether a source's own pictures can go out as they are: says where segments begin, and from
/// where on the source no longer keeps to what a playlist needs. Pure; units in decode order.
///
/// A segment begins at every IDR but those that, by the intervals seen so far (some at least), are
/// followed by another one within the segment length: so keyframes every half second still make
/// segments of two seconds. Decode times are moved so that an IDR is decoded when it is presented;
/// with reordered pictures the others' presentation may then lie before their decoding (trun
/// version 1).
class PassthroughRules {
 public:
  struct Limits {
    MediaTime segment = std::chrono::seconds(2);
    /// A segment may never be longer: rounded it would exceed EXT-X-TARGETDURATION.
    MediaTime longest_segment = std::chrono::milliseconds(2450);
    MediaTime part_target = milliseconds(512);
    /// Bits a second that viewers may be burdened with, by the average of a segment; 0: any.
    std::uint32_t bitrate = 0;
  };
  /// From `time` on (decoding and presentation alike) the source cannot be passed through.
  struct End {
    MediaTime time{};
    std::string reason;
  };

  explicit PassthroughRules(Limits limits) : limits_(limits) {}

  /// Moves the unit's decode time. True when it begins a segment. When the source has ended to be
  /// usable with or before this unit, `end` says so, and the unit is not to be used.
  bool see(AccessUnit& unit);
  void limit_bitrate(std::uint32_t bitrate) { limits_.bitrate = bitrate; }
  /// The next IDR begins a segment, whatever the intervals are.
  void cut() { is_cut_wanted_ = true; }
  /// Some rule outside is broken, from `time` on; the first reason stays.
  void end(MediaTime time, std::string reason);
  /// The pictures seen so far are the last for now.
  void end_after_newest(std::string reason);

  [[nodiscard]] const std::optional<End>& ended() const { return end_; }
  /// Presentation minus moved decode time is never below minus this.
  [[nodiscard]] MediaTime reorder_delay() const { return reorder_delay_; }
  [[nodiscard]] MediaTime newest() const { return newest_presentation_; }

 private:
  void see_idr(const AccessUnit& unit);
  [[nodiscard]] bool check_times(const AccessUnit& unit);
  [[nodiscard]] bool is_wanted(MediaTime time) const;
  void begin_segment(MediaTime time);

  Limits limits_;
  bool has_begun_ = false;
  MediaTime shift_{};          ///< added to decode times; set by each IDR
  MediaTime reorder_delay_{};  ///< set by the first IDR
  MediaTime newest_decode_{};
  MediaTime newest_presentation_{};
  MediaTime gap_ = std::chrono::milliseconds(33);  ///< between the last two units
  MediaTime last_idr_{};
  MediaTime longest_interval_{};  ///< between IDRs
  int intervals_ = 0;             ///< seen so far
  MediaTime segment_start_{};
  std::uint64_t segment_bytes_ = 0;
  int costly_segments_ = 0;          ///< in a row
  std::deque<bool> short_segments_;  ///< of the latest ones
  bool is_cut_wanted_ = false;
  std::optional<End> end_;
};

}  // namespace estrad::pipeline
