#include "ingest/rtmp/command.h"

#include "ingest/rtmp/amf0_reader.h"
#include "ingest/rtmp/amf0_writer.h"

namespace estrad::ingest::rtmp {

std::string Command::text_argument(std::size_t index) const {
  if (index >= arguments.size()) {
    return {};
  }
  const std::string* text = arguments[index].string();
  return text == nullptr ? std::string() : *text;
}

Result<Command> read_command(const Message& message) {
  ByteView payload = message.payload;
  // 7.1.1: the AMF 3 type has one byte before the values, zero when they are AMF 0.
  if (message.type == MessageType::kCommandAmf3 && !payload.empty() && payload.front() == 0) {
    payload = payload.subspan(1);
  }
  AmfReader reader(payload);
  std::vector<AmfValue> values;
  while (!reader.is_at_end()) {
    auto value = reader.next();
    if (!value) {
      return fail(std::move(value).error().in("command"));
    }
    values.push_back(*std::move(value));
  }
  const std::string* name = values.empty() ? nullptr : values[0].string();
  if (name == nullptr) {
    return fail(invalid_input("a command without a name"));
  }
  Command command;
  command.name = *name;
  if (values.size() > 1 && values[1].number() != nullptr) {
    command.transaction = *values[1].number();
  }
  if (values.size() > 2) {
    command.object = std::move(values[2]);
  }
  for (std::size_t i = 3; i < values.size(); ++i) {
    command.arguments.push_back(std::move(values[i]));
  }
  return command;
}

Message write_command(const Command& command, std::uint32_t stream_id) {
  Message message{.type = MessageType::kCommandAmf0, .stream_id = stream_id, .payload = {}};
  write_amf(command.name, message.payload);
  write_amf(command.transaction, message.payload);
  write_amf(command.object, message.payload);
  for (const AmfValue& argument : command.arguments) {
    write_amf(argument, message.payload);
  }
  return message;
}

AmfObject information(StatusLevel level, std::string_view code, std::string_view description) {
  return {{{"level", level == StatusLevel::kError ? "error" : "status"},
           {"code", code},
           {"description", description}}};
}

Message on_status(std::uint32_t stream_id, StatusLevel level, std::string_view code,
                  std::string_view description) {
  Command status;
  status.name = "onStatus";
  status.arguments.emplace_back(information(level, code, description));
  return write_command(status, stream_id);
}

}  // namespace estrad::ingest::rtmp
