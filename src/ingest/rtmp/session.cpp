#include "ingest/rtmp/session.h"

#include <algorithm>
#include <utility>

namespace estrad::ingest::rtmp {
namespace {

constexpr std::uint32_t kControlChunkStream = 2;
constexpr std::uint32_t kCommandChunkStream = 3;
constexpr std::uint32_t kStatusChunkStream = 5;
/// Narrower windows are answered as if they were this wide.
constexpr std::uint32_t kSmallestWindow = 4096;

std::uint32_t chunk_stream_of(const Message& message) {
  if (message.type != MessageType::kCommandAmf0) {
    return kControlChunkStream;
  }
  return message.stream_id == 0 ? kCommandChunkStream : kStatusChunkStream;
}

}  // namespace

void Session::receive(ByteView bytes) {
  if (input_taken_ == input_.size()) {
    input_.clear();
  } else {
    input_.erase(input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(input_taken_));
  }
  input_taken_ = 0;
  input_.insert(input_.end(), bytes.begin(), bytes.end());
  received_ += static_cast<std::uint32_t>(bytes.size());
  acknowledge();
}

ByteView Session::unread() const {
  return ByteView(input_).subspan(input_taken_);
}

Result<std::optional<SessionEvent>> Session::next() {
  for (;;) {
    if (!events_.empty()) {
      SessionEvent event = std::move(events_.front());
      events_.pop_front();
      return event;
    }
    if (is_asking_) {
      return std::nullopt;
    }
    ByteView left = unread();
    if (!handshake_.is_done()) {
      const Status shaken = handshake_.receive(left, output_);
      input_taken_ = input_.size() - left.size();
      if (!shaken) {
        return fail(shaken.error());
      }
      if (!handshake_.is_done()) {
        return std::nullopt;
      }
    }
    auto message = reader_.next(left);
    input_taken_ = input_.size() - left.size();
    if (!message) {
      return fail(std::move(message).error());
    }
    if (!*message) {
      return std::nullopt;
    }
    if (auto handled = handle(**std::move(message)); !handled) {
      return fail(std::move(handled).error());
    }
  }
}

Status Session::handle(Message message) {
  if (message.type == MessageType::kUserControl) {
    user_control_event(message);
    return {};
  }
  if (message.type == MessageType::kWindowAcknowledgementSize) {
    window_ = std::max(kSmallestWindow, ByteReader(message.payload).u32());
    return {};
  }
  auto outcome = publisher_.receive(std::move(message));
  if (!outcome) {
    return fail(std::move(outcome).error());
  }
  for (const Message& answer : outcome->answers) {
    send(answer);
  }
  for (SessionEvent& event : outcome->events) {
    is_asking_ = is_asking_ || std::holds_alternative<PublishRequested>(event);
    events_.push_back(std::move(event));
  }
  return {};
}

void Session::user_control_event(const Message& message) {
  ByteReader reader(message.payload);
  const auto event = static_cast<UserControl>(reader.u16());
  const std::uint32_t value = reader.u32();
  if (!reader.failed() && event == UserControl::kPingRequest) {
    send(user_control(UserControl::kPingResponse, value));
  }
}

void Session::acknowledge() {
  // Half a window ahead of time: an encoder that waits for us must not have to.
  if (handshake_.is_done() && received_ - acknowledged_ >= window_ / 2) {
    acknowledged_ = received_;
    send(acknowledgement(received_));
  }
}

void Session::send(const Message& message) {
  writer_.write(chunk_stream_of(message), message, output_);
}

Bytes Session::take_output() {
  return std::exchange(output_, {});
}

void Session::accept_publish() {
  is_asking_ = false;
  for (const Message& answer : publisher_.accept()) {
    send(answer);
  }
}

void Session::refuse_publish(std::string_view code, std::string_view description) {
  is_asking_ = false;
  send(publisher_.refuse(code, description));
}

void Session::unpublish(std::string_view description) {
  send(publisher_.unpublish(description));
}

}  // namespace estrad::ingest::rtmp
