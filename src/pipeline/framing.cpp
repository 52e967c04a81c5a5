#include "pipeline/framing.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace estrad::pipeline {
namespace {

using nlohmann::json;

constexpr std::size_t kLengthBytes = 4;

void write_payload(ByteWriter& out, std::uint8_t type, const json& value) {
  out.u8(type);
  out.append(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

json to_json(const TrackInfo& track) {
  json value = {{"name", track.name},
                {"kind", track.kind == TrackKind::kVideo ? "video" : "audio"},
                {"codecs", track.codecs},
                {"timescale", track.timescale},
                {"bitrate", track.bitrate}};
  if (track.kind == TrackKind::kVideo) {
    value["width"] = track.width;
    value["height"] = track.height;
    value["frame_rate"] = track.frame_rate;
  } else {
    value["sample_rate"] = track.sample_rate;
    value["channels"] = track.channels;
    value["language"] = track.language;
  }
  return value;
}

std::string_view level_name(log::Level level) {
  switch (level) {
    case log::Level::kDebug:
      return "debug";
    case log::Level::kInfo:
      return "info";
    case log::Level::kWarning:
      return "warning";
    case log::Level::kError:
      return "error";
  }
  return "error";
}

struct PayloadWriter {
  ByteWriter& out;

  void operator()(const TrackList& list) const {
    json tracks = json::array();
    for (const TrackInfo& track : list.tracks) {
      tracks.push_back(to_json(track));
    }
    write_payload(out, 'T', {{"tracks", std::move(tracks)}});
  }
  void operator()(const InitSegment& init) const {
    out.u8('I');
    out.u8(init.track);
    out.append(init.bytes);
  }
  void operator()(const Part& part) const {
    out.u8('P');
    out.u8(part.track);
    out.u32(part.segment);
    out.u16(part.part);
    out.u8(static_cast<std::uint8_t>((part.is_independent ? 1U : 0U) | (part.is_last ? 2U : 0U)));
    out.u64(part.decode_time);
    out.u32(part.duration);
    out.u64(static_cast<std::uint64_t>(epoch_ms(part.arrived)));
    out.append(part.bytes);
  }
  void operator()(const Signal& signal) const {
    json value = {{"video_codec", signal.video_codec},
                  {"audio_codec", signal.audio_codec},
                  {"width", signal.width},
                  {"height", signal.height},
                  {"frame_rate", signal.frame_rate},
                  {"bitrate", signal.bitrate},
                  {"keyframe_interval", signal.keyframe_interval},
                  {"warnings", signal.warnings}};
    if (signal.audio_peak_db) {
      value["audio_peak_db"] = *signal.audio_peak_db;
    }
    if (signal.audio_level_db) {
      value["audio_level_db"] = *signal.audio_level_db;
    }
    write_payload(out, 'S', value);
  }
  void operator()(const Heartbeat& heartbeat) const {
    out.u8('B');
    out.u64(heartbeat.input_bytes);
  }
  void operator()(const LogLine& line) const {
    write_payload(out, 'L', {{"level", level_name(line.level)}, {"message", line.message}});
  }
};

Result<json> read_json(ByteView payload) {
  if (payload.size() > kMaxJsonBytes) {
    return fail(media_error("worker: a JSON record is too long"));
  }
  json value = json::parse(as_text(payload), nullptr, false);
  if (!value.is_object()) {
    return fail(media_error("worker: a record is not a JSON object"));
  }
  return value;
}

bool is_track_name(std::string_view name) {
  return !name.empty() && name.size() <= 16 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
}

TrackInfo read_track(const json& value) {
  TrackInfo track;
  track.name = value.at("name").get<std::string>();
  track.kind =
      value.at("kind").get<std::string>() == "audio" ? TrackKind::kAudio : TrackKind::kVideo;
  track.codecs = value.at("codecs").get<std::string>();
  track.timescale = value.at("timescale").get<std::uint32_t>();
  track.bitrate = value.value("bitrate", 0U);
  track.width = value.value("width", 0U);
  track.height = value.value("height", 0U);
  track.frame_rate = value.value("frame_rate", 0.0);
  track.sample_rate = value.value("sample_rate", 0U);
  track.channels = value.value("channels", 0U);
  track.language = value.value("language", std::string());
  return track;
}

Result<TrackList> read_tracks(const json& value) {
  TrackList list;
  const json& tracks = value.at("tracks");
  if (!tracks.is_array() || tracks.empty() || tracks.size() > kMaxTracks) {
    return fail(media_error("worker: a track list has from 1 to 16 tracks"));
  }
  for (const json& entry : tracks) {
    TrackInfo track = read_track(entry);
    if (!is_track_name(track.name) || track.timescale == 0 || track.codecs.size() > 64) {
      return fail(media_error("worker: a track without a sane name, timescale or codec"));
    }
    list.tracks.push_back(std::move(track));
  }
  return list;
}

Signal read_signal(const json& value) {
  Signal signal;
  signal.video_codec = value.value("video_codec", std::string());
  signal.audio_codec = value.value("audio_codec", std::string());
  signal.width = value.value("width", 0U);
  signal.height = value.value("height", 0U);
  signal.frame_rate = value.value("frame_rate", 0.0);
  signal.bitrate = value.value("bitrate", 0U);
  signal.keyframe_interval = value.value("keyframe_interval", 0.0);
  if (value.contains("audio_peak_db")) {
    signal.audio_peak_db = value.at("audio_peak_db").get<double>();
  }
  if (value.contains("audio_level_db")) {
    signal.audio_level_db = value.at("audio_level_db").get<double>();
  }
  signal.warnings = value.value("warnings", std::vector<std::string>());
  return signal;
}

LogLine read_log_line(const json& value) {
  LogLine line;
  line.level = log::parse_level(value.at("level").get<std::string>()).value_or(log::Level::kError);
  line.message = value.at("message").get<std::string>();
  return line;
}

Result<Part> read_part(ByteView payload) {
  ByteReader in(payload);
  Part part;
  part.track = in.u8();
  part.segment = in.u32();
  part.part = in.u16();
  const std::uint8_t flags = in.u8();
  part.is_independent = (flags & 1U) != 0;
  part.is_last = (flags & 2U) != 0;
  part.decode_time = in.u64();
  part.duration = in.u32();
  const auto arrived = static_cast<std::int64_t>(in.u64());
  part.arrived = from_epoch_ms(arrived);
  const ByteView bytes = in.rest();
  if (in.failed() || bytes.empty()) {
    return fail(media_error("worker: a part record is too short"));
  }
  part.bytes.assign(bytes.begin(), bytes.end());
  return part;
}

Result<Record> read_json_record(std::uint8_t type, ByteView payload) {
  auto value = read_json(payload);
  if (!value) {
    return fail(std::move(value).error());
  }
  try {
    switch (type) {
      case 'T':
        return read_tracks(*value).map([](TrackList list) { return Record(std::move(list)); });
      case 'S':
        return Record(read_signal(*value));
      default:
        return Record(read_log_line(*value));
    }
  } catch (const json::exception& exception) {
    return fail(media_error(std::string("worker: ") + exception.what()));
  }
}

}  // namespace

Bytes encode(const Record& record) {
  Bytes bytes(kLengthBytes);
  ByteWriter out(bytes);
  std::visit(PayloadWriter{out}, record);
  const std::size_t length = bytes.size() - kLengthBytes;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    bytes[i] = static_cast<std::uint8_t>(length >> (8 * (kLengthBytes - 1 - i)));
  }
  return bytes;
}

void RecordDecoder::push(ByteView bytes) {
  if (failure_) {
    return;
  }
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(position_));
  position_ = 0;
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

Result<std::optional<Record>> RecordDecoder::next() {
  if (failure_) {
    return fail(*failure_);
  }
  ByteReader in(ByteView(buffer_).subspan(position_));
  if (in.remaining() < kLengthBytes) {
    return std::nullopt;
  }
  const std::uint32_t length = in.u32();
  if (length == 0 || length > kMaxRecordBytes) {
    failure_ = media_error("worker: a record of " + std::to_string(length) + " bytes");
    return fail(*failure_);
  }
  if (in.remaining() < length) {
    return std::nullopt;
  }
  const std::uint8_t type = in.u8();
  auto record = parse(type, in.take(length - 1));
  if (!record) {
    failure_ = record.error();
    return fail(*failure_);
  }
  position_ += kLengthBytes + length;
  return std::optional<Record>(std::move(*record));
}

Result<Record> RecordDecoder::parse(std::uint8_t type, ByteView payload) {
  switch (type) {
    case 'T':
    case 'S':
    case 'L': {
      auto record = read_json_record(type, payload);
      if (record && type == 'T') {
        track_count_ = std::get<TrackList>(*record).tracks.size();
      }
      return record;
    }
    case 'I': {
      if (payload.size() < 2) {
        return fail(media_error("worker: an init record is too short"));
      }
      InitSegment init{payload[0], Bytes(payload.begin() + 1, payload.end())};
      return check_track(init.track).map([&] { return Record(std::move(init)); });
    }
    case 'P': {
      auto part = read_part(payload);
      if (!part) {
        return fail(std::move(part).error());
      }
      return check_track(part->track).map([&] { return Record(std::move(*part)); });
    }
    case 'B': {
      if (payload.size() != 8) {
        return fail(media_error("worker: a heartbeat of a wrong length"));
      }
      return Record(Heartbeat{ByteReader(payload).u64()});
    }
    default:
      return fail(media_error("worker: a record of unknown type " + std::to_string(type)));
  }
}

Status RecordDecoder::check_track(std::uint8_t track) const {
  if (track >= track_count_) {
    return fail(media_error("worker: a record for track " + std::to_string(track) +
                            ", which is not in the track list"));
  }
  return {};
}

std::string control_line(Control control) {
  return control == Control::kCut ? "{\"do\":\"cut\"}\n" : "{\"do\":\"stop\"}\n";
}

Result<Control> parse_control(std::string_view line) {
  const json value = json::parse(line, nullptr, false);
  if (value.is_object() && value.contains("do")) {
    if (value["do"] == "cut") {
      return Control::kCut;
    }
    if (value["do"] == "stop") {
      return Control::kStop;
    }
  }
  return fail(invalid_input("a control word that is neither cut nor stop"));
}

std::string frozen_json(const std::vector<TrackInfo>& tracks) {
  json frozen = {{"video", json::array()}};
  for (const TrackInfo& track : tracks) {
    if (track.kind == TrackKind::kVideo) {
      frozen["video"].push_back({{"name", track.name},
                                 {"width", track.width},
                                 {"height", track.height},
                                 {"bitrate", track.bitrate},
                                 {"frame_rate", track.frame_rate}});
    } else {
      frozen["audio"] = {
          {"name", track.name}, {"bitrate", track.bitrate}, {"language", track.language}};
    }
  }
  return frozen.dump();
}

}  // namespace estrad::pipeline
