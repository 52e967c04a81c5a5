#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"

namespace estrad::live {

/// Names one uninterrupted presenter connection; never used twice while the server runs.
using FeedId = std::uint64_t;

/// What is known of a feed when it begins.
struct FeedStart {
  FeedId id = 0;
  std::string stage;
  /// It came with the stage's backup key: used while no feed with the main key is there.
  bool is_backup = false;
  /// How it is sent, for the studio: "rtmp".
  std::string protocol;
  /// What its bytes are, as `estrad pipeline --input` names it: "flv".
  std::string container;
  /// How the encoder calls itself, for the studio.
  std::string encoder;
};

/// The next bytes of a feed: whole units of its container.
struct FeedChunk {
  SharedBytes bytes;
  /// A decoder that was given the feed's newest headers can start with this chunk.
  bool starts_with_keyframe = false;
};

}  // namespace estrad::live
