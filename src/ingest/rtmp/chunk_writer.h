#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "ingest/rtmp/message.h"

namespace estrad::ingest::rtmp {

/// Cuts messages into chunks (RTMP 5.3), each with a whole header (type 0) and the rest of type 3:
/// a server says little. A Set Chunk Size message takes effect behind itself.
class ChunkWriter {
 public:
  /// `chunk_stream` is 2 for protocol control (5.4), 3 to 63 for anything else.
  void write(std::uint32_t chunk_stream, const Message& message, Bytes& out);

 private:
  std::size_t chunk_size_ = 128;
};

}  // namespace estrad::ingest::rtmp
