#pragma once

#include <cstdint>
#include <optional>

namespace estrad::ingest::flv {

/// Turns a sender's 32-bit milliseconds into times of the feed that go on where the sender's wrap.
///
/// A sender that starts low keeps its own times. One that starts high (counting from its own boot,
/// say) is counted from one minute, so that the feed's 32 bits last for seven weeks. Steps back are
/// kept, but never below zero. A step of more than an hour either way is no time that passed: where
/// it is a wrap at 31 or 24 bits, the feed goes on across it, else (a sender that starts over) from
/// where it was.
class FeedTime {
 public:
  /// The time of the next audio or video message.
  [[nodiscard]] std::uint32_t next(std::uint32_t sender_ms);
  /// The time of a data message, which moves nothing: encoders give them any time stamp, or none.
  [[nodiscard]] std::uint32_t beside(std::uint32_t sender_ms) const;

 private:
  [[nodiscard]] std::int64_t after_step(std::uint32_t sender_ms) const;

  std::optional<std::uint32_t> last_sender_ms_;
  std::int64_t last_ms_ = 0;
};

}  // namespace estrad::ingest::flv
