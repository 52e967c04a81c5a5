#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "ingest/rtmp/chunk_reader.h"
#include "ingest/rtmp/chunk_writer.h"
#include "ingest/rtmp/handshake.h"
#include "ingest/rtmp/publisher.h"

namespace estrad::ingest::rtmp {

/// One encoder's connection, from the handshake to the end, without its socket: received bytes in,
/// events and bytes to send out.
///
/// `receive` bytes, then call `next` until it answers nullopt, then send `take_output`. After a
/// PublishRequested, nothing more is read from what was received until `accept_publish` or
/// `refuse_publish`; then call `next` again.
class Session {
 public:
  explicit Session(ChunkLimits limits = {}, FillRandom random = fill_random)
      : handshake_(std::move(random)), reader_(limits) {}

  void receive(ByteView bytes);
  /// InvalidInput when the encoder breaks the protocol: the connection can only be closed.
  [[nodiscard]] Result<std::optional<SessionEvent>> next();
  /// What is to be sent now.
  [[nodiscard]] Bytes take_output();

  void accept_publish();
  void refuse_publish(std::string_view code, std::string_view description);
  /// Ends a publication from our side.
  void unpublish(std::string_view description);

  [[nodiscard]] bool has_shaken_hands() const { return handshake_.is_done(); }
  [[nodiscard]] bool is_publishing() const { return publisher_.is_publishing(); }
  /// Received bytes that wait for the answer to PublishRequested.
  [[nodiscard]] std::size_t waiting_bytes() const { return input_.size() - input_taken_; }
  [[nodiscard]] const std::string& encoder() const { return publisher_.encoder(); }

 private:
  Status handle(Message message);
  void user_control_event(const Message& message);
  void acknowledge();
  void send(const Message& message);
  [[nodiscard]] ByteView unread() const;

  ServerHandshake handshake_;
  ChunkReader reader_;
  ChunkWriter writer_;
  Publisher publisher_;
  Bytes input_;
  std::size_t input_taken_ = 0;
  Bytes output_;
  std::deque<SessionEvent> events_;
  bool is_asking_ = false;

  // Acknowledgements that the encoder wants (5.4.3, 5.4.4). Sequence numbers wrap at 32 bits.
  std::uint32_t window_ = 2'500'000;
  std::uint32_t received_ = 0;
  std::uint32_t acknowledged_ = 0;
};

}  // namespace estrad::ingest::rtmp
