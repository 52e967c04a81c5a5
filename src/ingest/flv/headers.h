#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>

#include "base/bytes.h"
#include "ingest/flv/packet.h"
#include "ingest/flv/tag.h"

namespace estrad::ingest::flv {

/// What a reader that starts in the middle of a feed needs first: onMetaData and the newest codec
/// headers of every track.
class Headers {
 public:
  /// Each answers whether anything changed. What is larger than any real header is not kept.
  bool keep_metadata(ByteView body);
  bool keep(TagType type, Packet packet, ByteView body);

  /// File header and all that is kept, as whole tags at time zero.
  [[nodiscard]] Bytes render() const;

 private:
  struct Key {
    TagType type{};
    PacketKind kind{};
    std::uint16_t track = 0;
    auto operator<=>(const Key&) const = default;
  };
  bool replace(Key key, ByteView body);

  std::map<Key, Bytes> kept_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace estrad::ingest::flv
