#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"

namespace estrad::ingest {

/// Names one uninterrupted presenter connection. Never used twice while the server runs, whichever
/// door the feed came in by.
using FeedId = std::uint64_t;

/// The next unused feed id. Any thread.
[[nodiscard]] FeedId next_feed_id();

/// What is known of a feed when it begins.
struct FeedInfo {
  FeedId id = 0;
  /// The stage whose key the presenter showed.
  std::string stage;
  /// It came with the stage's backup key.
  bool is_backup = false;
  /// How it is sent: "rtmp".
  std::string protocol;
  /// What the feed's bytes are, as `estrad pipeline --input` names it: "flv".
  std::string container;
  /// How the encoder calls itself, for the studio; from outside, at most 64 printable characters.
  std::string encoder;
};

/// The next bytes of a feed.
struct FeedChunk {
  /// Whole FLV tags, each with its trailing size.
  SharedBytes bytes;
  /// The first tag is a keyframe of the main video track: a decoder that has the headers can start
  /// here.
  bool starts_with_keyframe = false;
};

/// Takes what the doors let in. Called on the ingest loop; must not block.
///
/// For each feed: `feed_started`, then `feed_headers` and `feed_data` in the order of arrival, then
/// `feed_ended`, once. The data are complete in themselves: a reader that was given the file header
/// and then every chunk from the first misses nothing, as changed codec headers come in the data
/// too. The headers are for a reader that starts, or starts again, in the middle: it is given the
/// newest headers, then the chunks from the next keyframe on. Repeated codec headers are harmless
/// to it. The time stamps of the tags in the headers are zero and mean nothing.
class FeedSink {
 public:
  virtual ~FeedSink() = default;

  virtual void feed_started(const FeedInfo& info) = 0;
  /// FLV file header, then onMetaData and the current codec headers as far as they are known, as
  /// whole tags. Again whenever one of them changes, always before the data that need it.
  virtual void feed_headers(FeedId id, SharedBytes headers) = 0;
  virtual void feed_data(FeedId id, FeedChunk chunk) = 0;
  /// `reason` is a sentence for the operator.
  virtual void feed_ended(FeedId id, std::string reason) = 0;
};

}  // namespace estrad::ingest
