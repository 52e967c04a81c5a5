#include "ingest/flv/tag.h"

namespace estrad::ingest::flv {

void write_file_header(Bytes& out) {
  constexpr std::uint8_t kVersion = 1;
  constexpr std::uint8_t kAudioAndVideo = 0x05;
  constexpr std::uint32_t kHeaderSize = 9;
  ByteWriter writer(out);
  writer.append("FLV");
  writer.u8(kVersion);
  writer.u8(kAudioAndVideo);
  writer.u32(kHeaderSize);
  writer.u32(0);
}

void write_tag(TagType type, std::uint32_t timestamp_ms, ByteView body, Bytes& out) {
  constexpr std::size_t kTagHeaderSize = 11;
  ByteWriter writer(out);
  writer.u8(static_cast<std::uint8_t>(type));
  writer.u24(static_cast<std::uint32_t>(body.size()));
  writer.u24(timestamp_ms & 0xFFFFFF);
  writer.u8(static_cast<std::uint8_t>(timestamp_ms >> 24));
  writer.u24(0);
  writer.append(body);
  writer.u32(static_cast<std::uint32_t>(kTagHeaderSize + body.size()));
}

}  // namespace estrad::ingest::flv
