#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "pipeline/avc_units.h"
#include "pipeline/passthrough_rules.h"

namespace estrad::pipeline {

/// The source's own pictures on their way round the decoder and the encoders, to the rung that is
/// passed through, for as long as they keep to the rules. Any thread.
///
/// A unit is added before it is decoded, so segment starts are known before their pictures come.
class PassedLine {
 public:
  explicit PassedLine(PassthroughRules::Limits limits) : rules_(limits) {}

  /// The source's avcC: before the first unit. Another one later ends the line.
  void set_configuration(ByteView configuration);
  void add(AccessUnit unit);
  /// What the source may cost, in bits a second.
  void limit_bitrate(std::uint32_t bitrate);
  /// The next IDR begins a segment.
  void cut();
  /// The pictures from `time` on, or after the newest, cannot be passed through.
  void end(MediaTime time, std::string reason);
  void end_after_newest(std::string reason);
  /// Nobody wants the units: none are kept from now on.
  void close();

  [[nodiscard]] std::optional<PassthroughRules::End> ended() const;
  /// Empty before the first one came.
  [[nodiscard]] Bytes configuration() const;
  [[nodiscard]] std::optional<AvcConfiguration> parsed_configuration() const;
  [[nodiscard]] MediaTime reorder_delay() const;

  /// The oldest segment start that is not after `time` and was not taken yet.
  [[nodiscard]] std::optional<MediaTime> take_start(MediaTime time);
  /// Moves all units that wait to the end of `units`.
  void take_units(std::deque<AccessUnit>& units);

 private:
  // any thread, under the mutex
  mutable std::mutex mutex_;
  PassthroughRules rules_;
  Bytes configuration_;
  std::optional<AvcConfiguration> parsed_;
  std::deque<AccessUnit> units_;
  std::deque<MediaTime> starts_;
  bool is_closed_ = false;
};

}  // namespace estrad::pipeline
