#include "live/tracks.h"

#include <algorithm>

namespace estrad::live {
namespace {

pipeline::TrackInfo video(std::string name, std::uint32_t width, std::uint32_t height,
                          std::uint32_t bitrate) {
  pipeline::TrackInfo info;
  info.name = std::move(name);
  info.kind = pipeline::TrackKind::kVideo;
  info.timescale = 90'000;
  info.bitrate = bitrate;
  info.width = width;
  info.height = height;
  info.frame_rate = 30;
  return info;
}

bool is_same_rendition(const hls::Track& track, const pipeline::TrackInfo& info) {
  const bool is_video = info.kind == pipeline::TrackKind::kVideo;
  return track.name == info.name && (track.kind == hls::TrackKind::kVideo) == is_video &&
         track.timescale == info.timescale && track.width == info.width &&
         track.height == info.height;
}

}  // namespace

std::vector<hls::Track> to_tracks(const std::vector<pipeline::TrackInfo>& infos) {
  std::vector<hls::Track> tracks;
  for (const pipeline::TrackInfo& info : infos) {
    hls::Track track;
    track.name = info.name;
    track.kind =
        info.kind == pipeline::TrackKind::kVideo ? hls::TrackKind::kVideo : hls::TrackKind::kAudio;
    track.codecs = info.codecs;
    track.width = info.width;
    track.height = info.height;
    track.frame_rate = info.frame_rate;
    track.timescale = info.timescale;
    track.bitrate = info.bitrate;
    track.sample_rate = info.sample_rate;
    track.channels = info.channels;
    track.language = info.language;
    tracks.push_back(std::move(track));
  }
  return tracks;
}

std::vector<pipeline::TrackInfo> to_infos(const std::vector<hls::Track>& tracks) {
  std::vector<pipeline::TrackInfo> infos;
  for (const hls::Track& track : tracks) {
    pipeline::TrackInfo info;
    info.name = track.name;
    info.kind = track.kind == hls::TrackKind::kVideo ? pipeline::TrackKind::kVideo
                                                     : pipeline::TrackKind::kAudio;
    info.codecs = track.codecs;
    info.timescale = track.timescale;
    info.bitrate = static_cast<std::uint32_t>(track.bitrate);
    info.width = track.width;
    info.height = track.height;
    info.frame_rate = track.frame_rate;
    info.sample_rate = track.sample_rate;
    info.channels = track.channels;
    info.language = track.language;
    infos.push_back(std::move(info));
  }
  return infos;
}

std::vector<pipeline::TrackInfo> default_tracks() {
  pipeline::TrackInfo audio;
  audio.name = "a0";
  audio.kind = pipeline::TrackKind::kAudio;
  audio.timescale = 48'000;
  audio.bitrate = 128'000;
  audio.sample_rate = 48'000;
  audio.channels = 2;
  return {video("v720", 1280, 720, 2'800'000), video("v480", 854, 480, 1'200'000),
          video("v360", 640, 360, 700'000), std::move(audio)};
}

std::vector<std::size_t> match_tracks(const std::vector<hls::Track>& tracks,
                                      const std::vector<pipeline::TrackInfo>& infos) {
  std::vector<std::size_t> indexes;
  for (const hls::Track& track : tracks) {
    const auto found = std::find_if(
        infos.begin(), infos.end(),
        [&track](const pipeline::TrackInfo& info) { return is_same_rendition(track, info); });
    if (found == infos.end()) {
      return {};
    }
    indexes.push_back(static_cast<std::size_t>(found - infos.begin()));
  }
  return indexes;
}

}  // namespace estrad::live
