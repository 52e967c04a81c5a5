#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "ingest/rtmp/command.h"
#include "ingest/rtmp/message.h"

namespace estrad::ingest::rtmp {

/// The encoder wants to publish: answer with `Publisher::accept` or `refuse`.
struct PublishRequested {
  std::string app;
  std::string name;
};
/// The encoder says that it has sent everything; it may publish again.
struct PublishEnded {};
/// The connection is of no use any more; what was answered is to be written before it is closed.
struct SessionEnded {
  std::string reason;
};
/// Audio, video or data, while publishing.
struct MediaReceived {
  Message message;
};
using SessionEvent = std::variant<PublishRequested, PublishEnded, SessionEnded, MediaReceived>;

/// The server's half of NetConnection and NetStream (RTMP 7.2) for an encoder: connect,
/// createStream, publish, media, deleteStream. One publication at a time. Playing is refused, and
/// so is every unknown command, in RTMP's words.
class Publisher {
 public:
  /// What came of one message.
  struct Outcome {
    std::vector<Message> answers;
    std::vector<SessionEvent> events;
  };

  /// Takes a command, media or data message. InvalidInput when the sender breaks the protocol.
  /// Not to be called between PublishRequested and its answer.
  [[nodiscard]] Result<Outcome> receive(Message message);

  /// Answers to PublishRequested.
  [[nodiscard]] std::vector<Message> accept();
  [[nodiscard]] Message refuse(std::string_view code, std::string_view description);
  /// Ends the publication from our side; the encoder is told.
  [[nodiscard]] Message unpublish(std::string_view description);

  [[nodiscard]] bool is_publishing() const { return state_ == State::kPublishing; }
  /// As the encoder calls itself in connect; from outside, unchecked.
  [[nodiscard]] const std::string& encoder() const { return encoder_; }

 private:
  enum class State : std::uint8_t { kNew, kConnected, kAsking, kPublishing };

  Result<Outcome> command(const Command& command, std::uint32_t stream_id);
  Result<Outcome> connect(const Command& command);
  Outcome create_stream(const Command& command);
  Outcome publish(const Command& command, std::uint32_t stream_id);
  Outcome play(std::uint32_t stream_id);
  Outcome unpublished_by_name(const Command& command);
  Outcome delete_stream(std::uint32_t stream_id);
  Result<Outcome> media(Message message);
  void end_publication(Outcome& outcome);

  State state_ = State::kNew;
  std::string app_;
  std::string encoder_;
  std::set<std::uint32_t> streams_;
  std::uint32_t last_stream_ = 0;
  std::uint32_t publishing_stream_ = 0;
};

}  // namespace estrad::ingest::rtmp
