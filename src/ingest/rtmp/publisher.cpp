#include "ingest/rtmp/publisher.h"

#include <utility>

#include <spdlog/fmt/fmt.h>

#include "ingest/rtmp/aggregate.h"

namespace estrad::ingest::rtmp {
namespace {

constexpr std::uint32_t kWindow = 2'500'000;
constexpr std::uint32_t kChunkSize = 4096;
/// More than any encoder uses at once.
constexpr std::size_t kMostStreams = 8;

Message result_of(const Command& command, AmfValue object, AmfValue information) {
  Command answer;
  answer.name = "_result";
  answer.transaction = command.transaction;
  answer.object = std::move(object);
  answer.arguments.push_back(std::move(information));
  return write_command(answer, 0);
}

Message error_of(const Command& command, std::string_view code, std::string_view description) {
  Command answer;
  answer.name = "_error";
  answer.transaction = command.transaction;
  answer.arguments.emplace_back(information(StatusLevel::kError, code, description));
  return write_command(answer, 0);
}

/// The answer that Flash Media Server gives to FCPublish and FCUnpublish.
Message fc_status(std::string_view name, std::string_view code, std::string_view stream) {
  Command answer;
  answer.name = std::string(name);
  answer.arguments.emplace_back(information(StatusLevel::kStatus, code, stream));
  return write_command(answer, 0);
}

std::string text_property(const AmfValue& object, std::string_view name) {
  const AmfValue* value = object.property(name);
  const std::string* text = value == nullptr ? nullptr : value->string();
  return text == nullptr ? std::string() : *text;
}

}  // namespace

Result<Publisher::Outcome> Publisher::receive(Message message) {
  switch (message.type) {
    case MessageType::kCommandAmf0:
    case MessageType::kCommandAmf3: {
      auto read = read_command(message);
      if (!read) {
        return fail(std::move(read).error());
      }
      return command(*read, message.stream_id);
    }
    case MessageType::kAudio:
    case MessageType::kVideo:
    case MessageType::kDataAmf0:
    case MessageType::kDataAmf3:
    case MessageType::kAggregate:
      return media(std::move(message));
    case MessageType::kSetChunkSize:
    case MessageType::kAbort:
    case MessageType::kAcknowledgement:
    case MessageType::kUserControl:
    case MessageType::kWindowAcknowledgementSize:
    case MessageType::kSetPeerBandwidth:
      break;
  }
  return Outcome{};
}

Result<Publisher::Outcome> Publisher::command(const Command& command, std::uint32_t stream_id) {
  if (command.name == "connect") {
    return connect(command);
  }
  if (state_ == State::kNew) {
    return fail(invalid_input("a command before connect"));
  }
  if (command.name == "createStream") {
    return create_stream(command);
  }
  if (command.name == "publish") {
    return publish(command, stream_id);
  }
  if (command.name == "play" || command.name == "play2") {
    return play(stream_id);
  }
  if (command.name == "FCUnpublish") {
    return unpublished_by_name(command);
  }
  if (command.name == "deleteStream") {
    const double* stream = command.arguments.empty() ? nullptr : command.arguments[0].number();
    const bool is_id = stream != nullptr && *stream >= 0 && *stream <= 0xFFFFFFFF;
    return delete_stream(is_id ? static_cast<std::uint32_t>(*stream) : stream_id);
  }
  if (command.name == "closeStream") {
    return delete_stream(stream_id);
  }
  Outcome outcome;
  if (command.name == "releaseStream") {
    outcome.answers.push_back(result_of(command, AmfNull{}, AmfUndefined{}));
  } else if (command.name == "FCPublish") {
    outcome.answers.push_back(result_of(command, AmfNull{}, AmfUndefined{}));
    outcome.answers.push_back(
        fc_status("onFCPublish", "NetStream.Publish.Start", command.text_argument(0)));
  } else if (command.transaction != 0) {
    outcome.answers.push_back(error_of(command, "NetConnection.Call.Failed",
                                       "This server only takes what encoders publish."));
  }
  return outcome;
}

Result<Publisher::Outcome> Publisher::connect(const Command& command) {
  if (state_ != State::kNew) {
    return fail(invalid_input("connect for a second time"));
  }
  state_ = State::kConnected;
  app_ = text_property(command.object, "app");
  encoder_ = text_property(command.object, "flashVer");

  AmfObject info =
      information(StatusLevel::kStatus, "NetConnection.Connect.Success", "Connection succeeded.");
  info.properties.push_back({"objectEncoding", 0.0});
  const AmfObject server = {{{"fmsVer", "FMS/3,5,7,7009"}, {"capabilities", 31.0}, {"mode", 1.0}}};
  Outcome outcome;
  outcome.answers.push_back(window_acknowledgement_size(kWindow));
  outcome.answers.push_back(set_peer_bandwidth(kWindow));
  outcome.answers.push_back(set_chunk_size(kChunkSize));
  outcome.answers.push_back(result_of(command, server, std::move(info)));
  return outcome;
}

Publisher::Outcome Publisher::create_stream(const Command& command) {
  Outcome outcome;
  if (streams_.size() >= kMostStreams) {
    outcome.answers.push_back(
        error_of(command, "NetConnection.Call.Failed", "Too many streams on one connection."));
    return outcome;
  }
  streams_.insert(++last_stream_);
  outcome.answers.push_back(result_of(command, AmfNull{}, static_cast<double>(last_stream_)));
  return outcome;
}

Publisher::Outcome Publisher::publish(const Command& command, std::uint32_t stream_id) {
  Outcome outcome;
  if (state_ == State::kPublishing) {
    outcome.answers.push_back(on_status(stream_id, StatusLevel::kError, "NetStream.Publish.Denied",
                                        "This connection publishes already."));
    return outcome;
  }
  state_ = State::kAsking;
  publishing_stream_ = stream_id;
  outcome.events.emplace_back(PublishRequested{app_, command.text_argument(0)});
  return outcome;
}

Publisher::Outcome Publisher::play(std::uint32_t stream_id) {
  Outcome outcome;
  outcome.answers.push_back(on_status(stream_id, StatusLevel::kError, "NetStream.Play.Failed",
                                      "Nothing can be played from here; watch in a browser."));
  outcome.events.emplace_back(SessionEnded{"asked to play"});
  return outcome;
}

Publisher::Outcome Publisher::unpublished_by_name(const Command& command) {
  Outcome outcome;
  outcome.answers.push_back(
      fc_status("onFCUnpublish", "NetStream.Unpublish.Success", command.text_argument(0)));
  if (command.transaction != 0) {
    outcome.answers.push_back(result_of(command, AmfNull{}, AmfUndefined{}));
  }
  // Some encoders tidy up with FCUnpublish before they publish.
  if (state_ == State::kPublishing) {
    end_publication(outcome);
  }
  return outcome;
}

Publisher::Outcome Publisher::delete_stream(std::uint32_t stream_id) {
  Outcome outcome;
  streams_.erase(stream_id);
  if (state_ == State::kPublishing && stream_id == publishing_stream_) {
    end_publication(outcome);
  }
  return outcome;
}

void Publisher::end_publication(Outcome& outcome) {
  outcome.answers.push_back(unpublish("Publishing has ended."));
  outcome.events.emplace_back(PublishEnded{});
}

Result<Publisher::Outcome> Publisher::media(Message message) {
  Outcome outcome;
  if (state_ != State::kPublishing) {
    return outcome;
  }
  if (message.type != MessageType::kAggregate) {
    outcome.events.emplace_back(MediaReceived{std::move(message)});
    return outcome;
  }
  auto parts = split_aggregate(message);
  if (!parts) {
    return fail(std::move(parts).error());
  }
  for (Message& part : *parts) {
    if (part.type == MessageType::kAudio || part.type == MessageType::kVideo ||
        part.type == MessageType::kDataAmf0) {
      outcome.events.emplace_back(MediaReceived{std::move(part)});
    }
  }
  return outcome;
}

std::vector<Message> Publisher::accept() {
  state_ = State::kPublishing;
  return {user_control(UserControl::kStreamBegin, publishing_stream_),
          on_status(publishing_stream_, StatusLevel::kStatus, "NetStream.Publish.Start",
                    "Publishing.")};
}

Message Publisher::refuse(std::string_view code, std::string_view description) {
  state_ = State::kConnected;
  return on_status(publishing_stream_, StatusLevel::kError, code, description);
}

Message Publisher::unpublish(std::string_view description) {
  state_ = State::kConnected;
  return on_status(publishing_stream_, StatusLevel::kStatus, "NetStream.Unpublish.Success",
                   description);
}

}  // namespace estrad::ingest::rtmp
