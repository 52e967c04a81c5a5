#include "ingest/rtmp/message.h"

namespace estrad::ingest::rtmp {
namespace {

Message with_number(MessageType type, std::uint32_t number) {
  Message message{.type = type, .payload = {}};
  ByteWriter(message.payload).u32(number);
  return message;
}

}  // namespace

Message set_chunk_size(std::uint32_t bytes) {
  return with_number(MessageType::kSetChunkSize, bytes);
}

Message acknowledgement(std::uint32_t bytes_received) {
  return with_number(MessageType::kAcknowledgement, bytes_received);
}

Message window_acknowledgement_size(std::uint32_t bytes) {
  return with_number(MessageType::kWindowAcknowledgementSize, bytes);
}

Message set_peer_bandwidth(std::uint32_t bytes) {
  constexpr std::uint8_t kDynamic = 2;
  Message message = with_number(MessageType::kSetPeerBandwidth, bytes);
  message.payload.push_back(kDynamic);
  return message;
}

Message user_control(UserControl event, std::uint32_t value) {
  Message message{.type = MessageType::kUserControl, .payload = {}};
  ByteWriter writer(message.payload);
  writer.u16(static_cast<std::uint16_t>(event));
  writer.u32(value);
  return message;
}

}  // namespace estrad::ingest::rtmp
