#include "ingest/flv/remuxer.h"

#include <optional>
#include <string>
#include <utility>

#include "ingest/rtmp/amf0_reader.h"

namespace estrad::ingest::flv {
namespace {

/// The script data of a data message (RTMP 7.1.2), without what is addressed to the server only.
struct ScriptData {
  std::string name;
  ByteView body;
};

std::optional<ScriptData> read_script_data(const rtmp::Message& message) {
  ByteView body = message.payload;
  if (message.type == rtmp::MessageType::kDataAmf3 && !body.empty() && body.front() == 0) {
    body = body.subspan(1);
  }
  for (int strings = 0; strings < 2; ++strings) {
    rtmp::AmfReader reader(body);
    const auto first = reader.next();
    if (!first || first->string() == nullptr) {
      return std::nullopt;
    }
    if (*first->string() != "@setDataFrame") {
      return ScriptData{*first->string(), body};
    }
    body = body.subspan(reader.position());
  }
  return std::nullopt;
}

}  // namespace

void Remuxer::add(const rtmp::Message& message) {
  if (message.payload.empty()) {
    return;
  }
  if (message.type == rtmp::MessageType::kAudio) {
    add_media(TagType::kAudio, message);
  } else if (message.type == rtmp::MessageType::kVideo) {
    add_media(TagType::kVideo, message);
  } else if (message.type == rtmp::MessageType::kDataAmf0 ||
             message.type == rtmp::MessageType::kDataAmf3) {
    add_data(message);
  }
}

void Remuxer::add_media(TagType type, const rtmp::Message& message) {
  const ByteView body = message.payload;
  const Packet packet = type == TagType::kVideo ? look_at_video(body) : look_at_audio(body);
  switch (packet.kind) {
    case PacketKind::kCodecHeader:
    case PacketKind::kColorInfo:
    case PacketKind::kChannelLayout:
      if (headers_.keep(type, packet, body)) {
        headers_changed();
      }
      break;
    case PacketKind::kKeyframe:
      if (packet.track == 0 || packet.track == kManyTracks) {
        finish_chunk();
        starts_with_keyframe_ = true;
      }
      break;
    case PacketKind::kOther:
      break;
  }
  write_tag(type, time_.next(message.timestamp_ms), body, tags_);
}

void Remuxer::add_data(const rtmp::Message& message) {
  const auto script = read_script_data(message);
  if (!script) {
    return;
  }
  if (script->name == "onMetaData" && headers_.keep_metadata(script->body)) {
    headers_changed();
  }
  write_tag(TagType::kScript, time_.beside(message.timestamp_ms), script->body, tags_);
}

void Remuxer::headers_changed() {
  finish_chunk();
  outputs_.emplace_back(NewHeaders{share(headers_.render())});
}

void Remuxer::finish_chunk() {
  if (!tags_.empty()) {
    outputs_.emplace_back(FeedChunk{share(std::exchange(tags_, {})), starts_with_keyframe_});
  }
  starts_with_keyframe_ = false;
}

std::vector<Remuxer::Output> Remuxer::take() {
  finish_chunk();
  return std::exchange(outputs_, {});
}

}  // namespace estrad::ingest::flv
