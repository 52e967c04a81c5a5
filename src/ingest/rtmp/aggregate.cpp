#include "ingest/rtmp/aggregate.h"

#include <optional>

namespace estrad::ingest::rtmp {
namespace {

/// Far above what an encoder gathers in one message; empty ones would cost us more than they cost
/// their sender.
constexpr std::size_t kMostMessages = 4096;

}  // namespace

Result<std::vector<Message>> split_aggregate(const Message& aggregate) {
  std::vector<Message> messages;
  std::optional<std::uint32_t> first_timestamp_ms;
  ByteReader reader(aggregate.payload);
  while (reader.remaining() > 0) {
    Message message{.type = static_cast<MessageType>(reader.u8()),
                    .stream_id = aggregate.stream_id,
                    .payload = {}};
    const std::uint32_t size = reader.u24();
    const std::uint32_t low_24_bits = reader.u24();
    const std::uint32_t timestamp_ms = std::uint32_t{reader.u8()} << 24 | low_24_bits;
    reader.skip(3);  // stream id: the aggregate's own counts
    const ByteView payload = reader.take(size);
    reader.skip(4);  // back pointer
    if (reader.failed()) {
      return fail(invalid_input("an aggregate message is cut off"));
    }
    first_timestamp_ms = first_timestamp_ms.value_or(timestamp_ms);
    message.timestamp_ms = aggregate.timestamp_ms + (timestamp_ms - *first_timestamp_ms);
    message.payload.assign(payload.begin(), payload.end());
    if (messages.size() == kMostMessages) {
      return fail(invalid_input("an aggregate of too many messages"));
    }
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace estrad::ingest::rtmp
