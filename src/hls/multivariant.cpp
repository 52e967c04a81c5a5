#include "hls/multivariant.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>

#include <spdlog/fmt/fmt.h>

namespace estrad::hls {
namespace {

constexpr std::string_view kAudioGroup = "audio";

/// The audio that any variant may play: rates of the costliest rendition, codecs of all.
struct AudioGroup {
  std::uint64_t peak_bps = 0;
  std::uint64_t average_bps = 0;
  std::string codecs = {};
};

bool is_audio(const Rendition& rendition) {
  return rendition.track.kind == TrackKind::kAudio;
}

std::optional<AudioGroup> audio_group(std::span<const Rendition> renditions) {
  std::optional<AudioGroup> group;
  for (const Rendition& rendition : renditions) {
    if (!is_audio(rendition)) {
      continue;
    }
    if (!group) {
      group.emplace();
    }
    group->peak_bps = std::max(group->peak_bps, rendition.bandwidth.peak_bps());
    group->average_bps = std::max(group->average_bps, rendition.bandwidth.average_bps());
    if (group->codecs.find(rendition.track.codecs) == std::string::npos) {
      group->codecs += (group->codecs.empty() ? "" : ",") + rendition.track.codecs;
    }
  }
  return group;
}

void write_audio(const Track& track, bool is_default, std::string_view prefix, std::string& text) {
  auto out = std::back_inserter(text);
  fmt::format_to(out, "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"{}\",NAME=\"{}\"", kAudioGroup,
                 track.label.empty() ? track.name : track.label);
  if (!track.language.empty()) {
    fmt::format_to(out, ",LANGUAGE=\"{}\"", track.language);
  }
  fmt::format_to(out, ",DEFAULT={},AUTOSELECT=YES", is_default ? "YES" : "NO");
  if (track.channels > 0) {
    fmt::format_to(out, ",CHANNELS=\"{}\"", track.channels);
  }
  fmt::format_to(out, ",URI=\"{}{}.m3u8\"\n", prefix, track.name);
}

void write_video(const Rendition& rendition, const std::optional<AudioGroup>& audio,
                 std::string_view prefix, std::string& text) {
  const Track& track = rendition.track;
  auto out = std::back_inserter(text);
  fmt::format_to(out,
                 "#EXT-X-STREAM-INF:BANDWIDTH={},AVERAGE-BANDWIDTH={},CODECS=\"{}{}{}\","
                 "RESOLUTION={}x{}",
                 rendition.bandwidth.peak_bps() + (audio ? audio->peak_bps : 0),
                 rendition.bandwidth.average_bps() + (audio ? audio->average_bps : 0), track.codecs,
                 audio ? "," : "", audio ? audio->codecs : "", track.width, track.height);
  if (track.frame_rate > 0) {
    fmt::format_to(out, ",FRAME-RATE={:.3f}", track.frame_rate);
  }
  if (audio) {
    fmt::format_to(out, ",AUDIO=\"{}\"", kAudioGroup);
  }
  fmt::format_to(out, ",CLOSED-CAPTIONS=NONE\n{}{}.m3u8\n", prefix, track.name);
}

void write_audio_only(const Track& track, const AudioGroup& audio, std::string_view prefix,
                      std::string& text) {
  fmt::format_to(std::back_inserter(text),
                 "#EXT-X-STREAM-INF:BANDWIDTH={},AVERAGE-BANDWIDTH={},CODECS=\"{}\",AUDIO=\"{}\"\n"
                 "{}{}.m3u8\n",
                 audio.peak_bps, audio.average_bps, audio.codecs, kAudioGroup, prefix, track.name);
}

}  // namespace

std::string render_multivariant(std::span<const Rendition> renditions, std::string_view prefix) {
  std::string text = "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-INDEPENDENT-SEGMENTS\n";
  const auto audio = audio_group(renditions);
  const auto first_audio = std::find_if(renditions.begin(), renditions.end(), is_audio);
  for (const Rendition& rendition : renditions) {
    if (is_audio(rendition)) {
      write_audio(rendition.track, &rendition == &*first_audio, prefix, text);
    }
  }
  for (const Rendition& rendition : renditions) {
    if (!is_audio(rendition)) {
      write_video(rendition, audio, prefix, text);
    }
  }
  if (audio) {
    write_audio_only(first_audio->track, *audio, prefix, text);
  }
  return text;
}

}  // namespace estrad::hls
