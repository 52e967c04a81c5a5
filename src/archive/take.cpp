#include "archive/take.h"

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace estrad::archive {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

bool is_name(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), is_allowed);
}

Json to_json(const hls::Track& track) {
  return {{"name", track.name},
          {"kind", hls::to_string(track.kind)},
          {"codecs", track.codecs},
          {"width", track.width},
          {"height", track.height},
          {"frame_rate", track.frame_rate},
          {"timescale", track.timescale},
          {"bitrate", track.bitrate},
          {"sample_rate", track.sample_rate},
          {"channels", track.channels},
          {"language", track.language},
          {"label", track.label}};
}

/// Throws nlohmann's exceptions.
hls::Track read_track(const Json& json) {
  hls::Track track;
  json.at("name").get_to(track.name);
  track.kind = json.at("kind").get<std::string>() == "audio" ? hls::TrackKind::kAudio
                                                             : hls::TrackKind::kVideo;
  json.at("codecs").get_to(track.codecs);
  json.at("width").get_to(track.width);
  json.at("height").get_to(track.height);
  json.at("frame_rate").get_to(track.frame_rate);
  json.at("timescale").get_to(track.timescale);
  json.at("bitrate").get_to(track.bitrate);
  json.at("sample_rate").get_to(track.sample_rate);
  json.at("channels").get_to(track.channels);
  json.at("language").get_to(track.language);
  json.at("label").get_to(track.label);
  return track;
}

TakeInfo read_take(const Json& json) {
  TakeInfo info;
  info.started_at = from_epoch_ms(json.at("started_at_ms").get<std::int64_t>());
  json.at("run").get_to(info.run);
  info.state =
      json.at("state").get<std::string>() == "closed" ? TakeState::kClosed : TakeState::kOpen;
  info.timing.target_duration =
      std::chrono::seconds(json.at("target_duration_s").get<std::int64_t>());
  info.timing.part_target =
      std::chrono::microseconds(json.at("part_target_us").get<std::int64_t>());
  for (const Json& track : json.at("tracks")) {
    info.tracks.push_back(read_track(track));
  }
  return info;
}

Status check_tracks(const TakeInfo& info) {
  constexpr std::size_t kMostTracks = 64;
  if (info.tracks.empty() || info.tracks.size() > kMostTracks) {
    return fail(media_error("take.json: tracks: must be 1 to 64"));
  }
  for (const hls::Track& track : info.tracks) {
    if (!is_name(track.name) || track.timescale == 0) {
      return fail(media_error("take.json: tracks: a bad name or timescale"));
    }
  }
  return {};
}

}  // namespace

Status check(const TakeAddress& address) {
  if (!is_name(address.event) || !is_name(address.take)) {
    return fail(not_found("no such recording"));
  }
  return {};
}

std::string to_json(const TakeInfo& info) {
  Json tracks = Json::array();
  for (const hls::Track& track : info.tracks) {
    tracks.push_back(to_json(track));
  }
  const Json json = {{"version", kVersion},
                     {"started_at", format_rfc3339(info.started_at)},
                     {"started_at_ms", epoch_ms(info.started_at)},
                     {"run", info.run},
                     {"state", info.state == TakeState::kClosed ? "closed" : "open"},
                     {"target_duration_s", info.timing.target_duration.count()},
                     {"part_target_us", info.timing.part_target.count()},
                     {"tracks", std::move(tracks)}};
  return json.dump(2) + "\n";
}

Result<TakeInfo> parse_take(std::string_view text, TakeAddress address) {
  try {
    const Json json = Json::parse(text);
    if (json.at("version").get<int>() != kVersion) {
      return fail(media_error("take.json: version: only 1 is known (made by a newer Estrad?)"));
    }
    TakeInfo info = read_take(json);
    info.address = std::move(address);
    if (const auto sound = check_tracks(info); !sound) {
      return fail(sound.error());
    }
    return info;
  } catch (const nlohmann::json::exception& error) {
    return fail(media_error(std::string("take.json: ") + error.what()));
  }
}

}  // namespace estrad::archive
