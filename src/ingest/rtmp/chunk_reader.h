#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "ingest/rtmp/message.h"

namespace estrad::ingest::rtmp {

/// What one sender may make us keep.
struct ChunkLimits {
  std::size_t message_bytes = std::size_t{8} << 20;
  /// Announced sizes of all unfinished messages together.
  std::size_t unfinished_bytes = std::size_t{16} << 20;
  std::size_t chunk_streams = 64;
};

/// Puts messages together from a chunk stream (RTMP 5.3). Set Chunk Size and Abort are obeyed here,
/// and handed on too.
///
/// Extended time stamps of type 3 chunks (5.3.1.3) are read only where they repeat the one before:
/// some encoders leave them out. A message that another one of its chunk stream cuts short is
/// dropped.
class ChunkReader {
 public:
  explicit ChunkReader(ChunkLimits limits = {}) : limits_(limits) {}

  /// Takes bytes from the front of `input`, shortening it, up to the end of the next message;
  /// nullopt when more bytes are needed. Then up to 18 bytes may be left, the beginning of a chunk
  /// header: they are to be given again, with more behind them. After an error the connection can
  /// only be closed.
  [[nodiscard]] Result<std::optional<Message>> next(ByteView& input);

 private:
  /// What the headers of one chunk stream leave for the next (5.3.1.2).
  struct Stream {
    std::uint32_t timestamp_ms = 0;
    std::uint32_t delta_ms = 0;
    std::uint32_t length = 0;
    MessageType type{};
    std::uint32_t stream_id = 0;
    /// The extended time stamp field, if the last header had one.
    std::optional<std::uint32_t> extended;
    bool is_unfinished = false;
    Bytes payload;
  };

  /// Takes a chunk's header; false when `input` ends within it.
  Result<bool> read_header(ByteView& input);
  Result<Stream*> stream(std::uint32_t chunk_stream, std::uint8_t format);
  static void read_fields(ByteReader& reader, std::uint8_t format, Stream& stream);
  Status begin_message(Stream& stream, std::uint8_t format);
  void drop(Stream& stream);
  Message finish(Stream& stream);
  Status obey(const Message& message);

  ChunkLimits limits_;
  std::size_t chunk_size_ = 128;
  std::map<std::uint32_t, Stream> streams_;
  std::size_t unfinished_bytes_ = 0;
  /// The stream whose chunk is being read, and how much of that chunk is to come.
  Stream* current_ = nullptr;
  std::size_t chunk_left_ = 0;
};

}  // namespace estrad::ingest::rtmp
