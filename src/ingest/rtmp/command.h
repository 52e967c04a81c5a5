#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/rtmp/amf0.h"
#include "ingest/rtmp/message.h"

namespace estrad::ingest::rtmp {

/// A command of NetConnection or NetStream (RTMP 7.2): name, transaction, command object (often
/// null), arguments.
struct Command {
  std::string name;
  /// 0: no answer is wanted.
  double transaction = 0;
  AmfValue object;
  std::vector<AmfValue> arguments;

  /// The argument as a string; empty when it is none.
  [[nodiscard]] std::string text_argument(std::size_t index) const;
};

/// Reads a command message, in AMF 0 or in the AMF 3 message type with AMF 0 inside (the only form
/// that encoders send).
[[nodiscard]] Result<Command> read_command(const Message& message);

[[nodiscard]] Message write_command(const Command& command, std::uint32_t stream_id);

enum class StatusLevel : std::uint8_t { kStatus, kError };

/// The information object of answers (7.2.1.1, 7.2.2).
[[nodiscard]] AmfObject information(StatusLevel level, std::string_view code,
                                    std::string_view description);

/// The onStatus command of a stream.
[[nodiscard]] Message on_status(std::uint32_t stream_id, StatusLevel level, std::string_view code,
                                std::string_view description);

}  // namespace estrad::ingest::rtmp
