#include "ingest/rtmp/chunk_writer.h"

#include <algorithm>

namespace estrad::ingest::rtmp {

void ChunkWriter::write(std::uint32_t chunk_stream, const Message& message, Bytes& out) {
  constexpr std::uint32_t kExtendedMark = 0xFFFFFF;
  constexpr std::uint8_t kType3 = 3 << 6;
  const auto basic = static_cast<std::uint8_t>(chunk_stream);
  const bool is_extended = message.timestamp_ms >= kExtendedMark;

  ByteWriter writer(out);
  writer.u8(basic);
  writer.u24(is_extended ? kExtendedMark : message.timestamp_ms);
  writer.u24(static_cast<std::uint32_t>(message.payload.size()));
  writer.u8(static_cast<std::uint8_t>(message.type));
  writer.u32_le(message.stream_id);

  ByteView left = message.payload;
  for (bool is_first = true; is_first || !left.empty(); is_first = false) {
    if (!is_first) {
      writer.u8(kType3 | basic);
    }
    if (is_extended) {
      writer.u32(message.timestamp_ms);
    }
    const std::size_t count = std::min(left.size(), chunk_size_);
    writer.append(left.first(count));
    left = left.subspan(count);
  }

  if (message.type == MessageType::kSetChunkSize) {
    chunk_size_ = std::max<std::size_t>(1, ByteReader(message.payload).u32());
  }
}

}  // namespace estrad::ingest::rtmp
