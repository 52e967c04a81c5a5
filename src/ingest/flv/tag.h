#pragma once

#include <cstdint>

#include "base/bytes.h"

/// The container in which a feed leaves the door: FLV (Adobe, Video File Format Specification 10.1,
/// annex E), and the packets of Enhanced RTMP v2 (Veovera) within it.
namespace estrad::ingest::flv {

/// E.4.1
enum class TagType : std::uint8_t { kAudio = 8, kVideo = 9, kScript = 18 };

/// Appends the file header (E.2), which promises audio and video, and the first "previous tag
/// size".
void write_file_header(Bytes& out);

/// Appends a tag (E.4.1) with its trailing size. `body` is at most 16 MiB - 1.
void write_tag(TagType type, std::uint32_t timestamp_ms, ByteView body, Bytes& out);

}  // namespace estrad::ingest::flv
