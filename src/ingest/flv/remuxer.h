#pragma once

#include <variant>
#include <vector>

#include "base/bytes.h"
#include "ingest/feed.h"
#include "ingest/flv/feed_time.h"
#include "ingest/flv/headers.h"
#include "ingest/rtmp/message.h"

namespace estrad::ingest::flv {

/// Turns the audio, video and data messages of one publication into what `FeedSink` promises:
/// headers and chunks, in order. Bodies are passed on untouched; only times are continued
/// (`FeedTime`) and `@setDataFrame` is taken off.
class Remuxer {
 public:
  /// New headers, to be handed on before the chunks behind them.
  struct NewHeaders {
    SharedBytes bytes;
  };
  using Output = std::variant<NewHeaders, FeedChunk>;

  void add(const rtmp::Message& message);
  /// Everything added since the last call. A keyframe of the main track begins a chunk of its own.
  [[nodiscard]] std::vector<Output> take();

 private:
  void add_media(TagType type, const rtmp::Message& message);
  void add_data(const rtmp::Message& message);
  void headers_changed();
  void finish_chunk();

  FeedTime time_;
  Headers headers_;
  std::vector<Output> outputs_;
  /// The chunk that grows now.
  Bytes tags_;
  bool starts_with_keyframe_ = false;
};

}  // namespace estrad::ingest::flv
