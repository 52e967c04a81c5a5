#include "ingest/rtmp/chunk_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include <spdlog/fmt/fmt.h>

namespace estrad::ingest::rtmp {
namespace {

constexpr std::uint32_t kExtendedMark = 0xFFFFFF;
/// Message headers by format (RTMP 5.3.1.2): type 0 to type 3.
constexpr std::array<std::size_t, 4> kHeaderSizes = {11, 7, 3, 0};
/// Grown as bytes come, so that an announced size alone costs little.
constexpr std::size_t kFirstReserve = std::size_t{256} << 10;

struct BasicHeader {
  std::uint8_t format = 0;
  std::uint32_t chunk_stream = 0;
};

/// RTMP 5.3.1.1.
BasicHeader read_basic_header(ByteReader& reader) {
  const std::uint8_t first = reader.u8();
  const auto format = static_cast<std::uint8_t>(first >> 6);
  const std::uint32_t low = first & 0x3F;
  if (low == 0) {
    return {format, std::uint32_t{64} + reader.u8()};
  }
  if (low == 1) {
    const std::uint32_t second = reader.u8();
    return {format, 64 + second + std::uint32_t{reader.u8()} * 256};
  }
  return {format, low};
}

enum class Repetition : std::uint8_t { kYes, kNo, kNotYetKnown };

/// Whether `rest` begins with the four bytes of `field`.
Repetition repeats(ByteView rest, std::uint32_t field) {
  Bytes expected;
  ByteWriter(expected).u32(field);
  const std::size_t count = std::min(rest.size(), expected.size());
  if (!std::ranges::equal(rest.first(count), ByteView(expected).first(count))) {
    return Repetition::kNo;
  }
  return count == expected.size() ? Repetition::kYes : Repetition::kNotYetKnown;
}

}  // namespace

Result<std::optional<Message>> ChunkReader::next(ByteView& input) {
  for (;;) {
    if (current_ == nullptr) {
      auto has_header = read_header(input);
      if (!has_header) {
        return fail(std::move(has_header).error());
      }
      if (!*has_header) {
        return std::nullopt;
      }
    }
    const std::size_t count = std::min(chunk_left_, input.size());
    const ByteView taken = input.first(count);
    input = input.subspan(count);
    current_->payload.insert(current_->payload.end(), taken.begin(), taken.end());
    chunk_left_ -= count;
    if (chunk_left_ > 0) {
      return std::nullopt;
    }
    Stream& stream = *std::exchange(current_, nullptr);
    if (stream.payload.size() < stream.length) {
      continue;
    }
    Message message = finish(stream);
    if (auto obeyed = obey(message); !obeyed) {
      return fail(std::move(obeyed).error());
    }
    return message;
  }
}

Result<bool> ChunkReader::read_header(ByteView& input) {
  ByteReader reader(input);
  const BasicHeader basic = read_basic_header(reader);
  const bool has_all = !reader.failed() && reader.remaining() >= kHeaderSizes[basic.format];
  if (!has_all) {
    return false;
  }
  auto found = stream(basic.chunk_stream, basic.format);
  if (!found) {
    return fail(std::move(found).error());
  }
  Stream& of = **found;

  if (basic.format < 3) {
    Stream fresh;
    fresh.timestamp_ms = of.timestamp_ms;
    fresh.length = of.length;
    fresh.type = of.type;
    fresh.stream_id = of.stream_id;
    read_fields(reader, basic.format, fresh);
    if (reader.failed()) {
      return false;
    }
    drop(of);
    of = std::move(fresh);
  } else if (of.extended) {
    const ByteView rest = input.subspan(reader.position());
    const Repetition repeated = repeats(rest, *of.extended);
    if (repeated == Repetition::kNotYetKnown) {
      return false;
    }
    if (repeated == Repetition::kYes) {
      reader.skip(4);
    }
  }
  input = input.subspan(reader.position());

  if (!of.is_unfinished) {
    if (auto begun = begin_message(of, basic.format); !begun) {
      return fail(std::move(begun).error());
    }
  }
  chunk_left_ = std::min(chunk_size_, of.length - of.payload.size());
  current_ = &of;
  return true;
}

Result<ChunkReader::Stream*> ChunkReader::stream(std::uint32_t chunk_stream, std::uint8_t format) {
  const auto known = streams_.find(chunk_stream);
  if (known != streams_.end()) {
    return &known->second;
  }
  // Types 1 and 2 lean on the header before; some encoders begin with type 1 all the same, meaning
  // zero where nothing came before.
  if (format >= 2) {
    return fail(invalid_input(
        fmt::format("chunk stream {} begins with a chunk of type {}", chunk_stream, format)));
  }
  if (streams_.size() >= limits_.chunk_streams) {
    return fail(invalid_input(fmt::format("more than {} chunk streams", limits_.chunk_streams)));
  }
  return &streams_[chunk_stream];
}

void ChunkReader::read_fields(ByteReader& reader, std::uint8_t format, Stream& stream) {
  std::uint32_t time = reader.u24();
  if (format < 2) {
    stream.length = reader.u24();
    stream.type = static_cast<MessageType>(reader.u8());
  }
  if (format == 0) {
    stream.stream_id = reader.u32_le();
  }
  if (time == kExtendedMark) {
    time = reader.u32();
    stream.extended = time;
  }
  // A type 3 chunk that begins a message after this one adds the same again (5.3.1.2.4).
  stream.delta_ms = time;
}

Status ChunkReader::begin_message(Stream& stream, std::uint8_t format) {
  stream.timestamp_ms = format == 0 ? stream.delta_ms : stream.timestamp_ms + stream.delta_ms;
  if (stream.length > limits_.message_bytes) {
    return fail(invalid_input(
        fmt::format("a message of {} bytes, more than {}", stream.length, limits_.message_bytes)));
  }
  if (stream.length > limits_.unfinished_bytes - unfinished_bytes_) {
    return fail(invalid_input(
        fmt::format("unfinished messages of more than {} bytes", limits_.unfinished_bytes)));
  }
  unfinished_bytes_ += stream.length;
  stream.is_unfinished = true;
  stream.payload.reserve(std::min<std::size_t>(stream.length, kFirstReserve));
  return {};
}

void ChunkReader::drop(Stream& stream) {
  if (stream.is_unfinished) {
    unfinished_bytes_ -= stream.length;
    stream.is_unfinished = false;
    stream.payload = Bytes();
  }
}

Message ChunkReader::finish(Stream& stream) {
  Message message{.type = stream.type,
                  .stream_id = stream.stream_id,
                  .timestamp_ms = stream.timestamp_ms,
                  .payload = std::exchange(stream.payload, {})};
  drop(stream);
  return message;
}

Status ChunkReader::obey(const Message& message) {
  ByteReader reader(message.payload);
  if (message.type == MessageType::kSetChunkSize) {
    const std::uint32_t size = reader.u32();
    // The first bit is zero (5.4.1); more than the largest message is as good as no limit.
    if (reader.failed() || size == 0 || size > 0x7FFFFFFF) {
      return fail(invalid_input(fmt::format("a chunk size of {}", size)));
    }
    chunk_size_ = size;
  } else if (message.type == MessageType::kAbort) {
    const auto aborted = streams_.find(reader.u32());
    if (!reader.failed() && aborted != streams_.end()) {
      drop(aborted->second);
    }
  }
  return {};
}

}  // namespace estrad::ingest::rtmp
