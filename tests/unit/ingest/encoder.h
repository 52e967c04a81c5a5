#pragma once

#include <string>
#include <vector>

#include "ingest/rtmp/amf0_writer.h"
#include "ingest/rtmp/chunk_reader.h"
#include "ingest/rtmp/chunk_writer.h"
#include "ingest/rtmp/command.h"
#include "unit/ingest/handshake_client.h"

namespace estrad::test {

/// What an encoder says, as OBS says it, and what it hears: the bytes of one side of a session.
class Encoder {
 public:
  [[nodiscard]] Bytes message(std::uint32_t chunk_stream, const ingest::rtmp::Message& message) {
    Bytes out;
    writer_.write(chunk_stream, message, out);
    return out;
  }
  [[nodiscard]] Bytes set_chunk_size(std::uint32_t size) {
    return message(2, ingest::rtmp::set_chunk_size(size));
  }
  [[nodiscard]] Bytes command(std::uint32_t stream_id, std::string name, double transaction,
                              ingest::rtmp::AmfValue object,
                              std::vector<ingest::rtmp::AmfValue> arguments = {}) {
    ingest::rtmp::Command command;
    command.name = std::move(name);
    command.transaction = transaction;
    command.object = std::move(object);
    command.arguments = std::move(arguments);
    return message(3, ingest::rtmp::write_command(command, stream_id));
  }
  [[nodiscard]] Bytes connect(std::string app) {
    using ingest::rtmp::AmfObject;
    return command(0, "connect", 1,
                   AmfObject{{{"app", std::move(app)},
                              {"type", "nonprivate"},
                              {"flashVer", "FMLE/3.0 (compatible; FMSc/1.0)"},
                              {"swfUrl", "rtmp://localhost/live"},
                              {"tcUrl", "rtmp://localhost/live"}}});
  }
  [[nodiscard]] Bytes create_stream() {
    return command(0, "createStream", 4, ingest::rtmp::AmfNull{});
  }
  [[nodiscard]] Bytes publish(std::string name) {
    return command(1, "publish", 5, ingest::rtmp::AmfNull{}, {std::move(name), "live"});
  }
  [[nodiscard]] Bytes metadata(double width) {
    ingest::rtmp::Message data{ingest::rtmp::MessageType::kDataAmf0, 1, 0, {}};
    ingest::rtmp::write_amf("@setDataFrame", data.payload);
    ingest::rtmp::write_amf("onMetaData", data.payload);
    ingest::rtmp::write_amf(ingest::rtmp::AmfEcmaArray{{{"width", width}}}, data.payload);
    return message(4, data);
  }

  /// Puts together what the server says behind its handshake.
  [[nodiscard]] std::vector<ingest::rtmp::Message> hear(const Bytes& bytes) {
    heard_.insert(heard_.end(), bytes.begin(), bytes.end());
    ByteView left = heard_;
    std::vector<ingest::rtmp::Message> messages;
    for (auto next = reader_.next(left); next && *next; next = reader_.next(left)) {
      messages.push_back(**std::move(next));
    }
    heard_ = Bytes(left.begin(), left.end());
    return messages;
  }

 private:
  ingest::rtmp::ChunkWriter writer_;
  ingest::rtmp::ChunkReader reader_;
  Bytes heard_;
};

}  // namespace estrad::test
