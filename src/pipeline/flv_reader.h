#pragma once

#include <cstddef>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "pipeline/flv_tags.h"

namespace estrad::pipeline {

/// Cuts a live FLV byte stream into what its tags say, as the bytes come. Takes what encoders
/// really send: tags of unknown type and broken payloads are passed over, lengths of previous tags
/// are not looked at, and the file header may come again in the middle (headers that are repeated).
/// Only bytes that cannot be FLV at all are an error, and a tag longer than `kMaxTagBytes`.
///
/// Holds at most one tag beyond what has been pushed. Used on one thread.
class FlvReader {
 public:
  /// The RTMP door takes no longer message.
  static constexpr std::size_t kMaxTagBytes = 8U << 20U;

  /// Call `next` until it is empty before the next `push`.
  void push(ByteView bytes);
  /// The next tag; empty when more bytes are needed. After an error every call gives it again.
  [[nodiscard]] Result<std::optional<FlvItem>> next();

 private:
  enum class HeaderState { kNone, kRead, kMore };
  [[nodiscard]] Result<HeaderState> read_file_header();
  [[nodiscard]] Result<std::optional<FlvItem>> read_tag();

  Bytes buffer_;
  std::size_t position_ = 0;
  bool has_header_ = false;
  std::optional<Error> failure_;
};

}  // namespace estrad::pipeline
