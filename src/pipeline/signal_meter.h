#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "pipeline/flv_tags.h"
#include "pipeline/framing.h"

namespace estrad::pipeline {

/// Measures a feed as it comes in: what `Signal` says of it. Used on one thread.
class SignalMeter {
 public:
  explicit SignalMeter(SteadyTime now) : since_(now) {}

  void count_bytes(std::size_t bytes) { bytes_ += bytes; }
  void see(const FlvItem& item);
  /// A sentence that stands in every signal from now on; once each.
  void warn(const std::string& sentence);

  /// The measurements since the last call. Size and loudness are the caller's to add.
  [[nodiscard]] Signal take(SteadyTime now);

 private:
  void see_frame(const FlvVideoFrame& frame);

  SteadyTime since_;
  std::uint64_t bytes_ = 0;
  std::uint32_t frames_ = 0;
  bool has_video_ = false;
  bool has_audio_ = false;
  std::optional<std::uint32_t> last_keyframe_ms_;
  double keyframe_interval_ = 0;
  std::vector<std::string> warnings_;
};

}  // namespace estrad::pipeline
