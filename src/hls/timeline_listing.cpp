#include <algorithm>
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "hls/media_playlist.h"
#include "hls/multivariant.h"
#include "hls/timeline.h"

/// The second half of a part's way: from the recording to the playlists.
namespace estrad::hls {

void Timeline::announce(std::size_t track, PartPtr part) {
  TrackLine& line = lines_[track];
  const auto cut = line.cut_short.find(part->msn);
  const bool is_cut = cut != line.cut_short.end() && part->index + 1 == cut->second;
  const bool is_complete = part->is_last || is_cut || is_ended_;
  line.cut_short.erase(line.cut_short.begin(), line.cut_short.lower_bound(part->msn));
  line.window.push(std::move(part));
  if (is_complete) {
    line.window.complete_newest();
    dates_.forget_before(line.window.newest().info.msn);
  }
  line.snapshot = nullptr;
}

void Timeline::end() {
  is_ended_ = true;
  for (TrackLine& line : lines_) {
    line.window.complete_newest();
    line.snapshot = nullptr;
  }
}

nanoseconds Timeline::end_of(std::size_t track) const {
  return time(track, lines_[track].end_time);
}

std::optional<WallTime> Timeline::end_date() const {
  return lines_.empty() ? std::nullopt : dates_.newest(end_of(0));
}

milliseconds Timeline::announced_time() const {
  if (lines_.empty() || lines_[0].window.is_empty()) {
    return milliseconds(0);
  }
  return std::chrono::floor<milliseconds>(time(0, lines_[0].window.newest().info.end_time()));
}

TrackSnapshotPtr Timeline::snapshot(std::size_t track) {
  TrackLine& line = lines_[track];
  if (line.snapshot) {
    return line.snapshot;
  }
  TrackSnapshot::Content content;
  content.track = tracks_[track];
  content.timing = options_.timing;
  content.kept = line.window.kept();
  content.is_ended = is_ended_;
  content.next_part = {run_, first_msn_, 0};
  if (!content.kept.empty()) {
    const Segment& newest = *content.kept.back();
    content.next_part.msn = newest.is_complete ? newest.info.msn + 1 : newest.info.msn;
    content.next_part.part =
        newest.is_complete ? 0 : static_cast<std::uint32_t>(newest.parts.size());
    // The newest is needed by what comes next.
    const std::uint32_t oldest = std::min(content.kept.front()->info.init, line.init);
    line.inits.erase(line.inits.begin(), line.inits.lower_bound(oldest));
  }
  content.inits = line.inits;
  HistoryText history = line.window.history();
  const auto recent = std::span<const SegmentPtr>(content.kept).subspan(line.window.older_count());
  const auto reports = reports_for(track);
  LiveText text = render_live({tracks_[track], options_.timing, history, recent, reports,
                               content.next_part, content.is_ended});
  content.playlist = std::make_shared<const LiveBodies>(std::move(text), std::move(history));
  line.snapshot = std::make_shared<const TrackSnapshot>(std::move(content));
  return line.snapshot;
}

std::vector<RenditionReport> Timeline::reports_for(std::size_t track) const {
  std::vector<RenditionReport> reports;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (i != track && !lines_[i].window.is_empty()) {
      const Segment& newest = lines_[i].window.newest();
      reports.push_back(
          {tracks_[i].name, newest.info.msn, static_cast<std::uint32_t>(newest.parts.size() - 1)});
    }
  }
  return reports;
}

ChannelSnapshotPtr Timeline::channel(std::string_view prefix) const {
  std::vector<Rendition> renditions;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    renditions.push_back({tracks_[i], lines_[i].window.bandwidth()});
    names.push_back(tracks_[i].name);
  }
  return std::make_shared<const ChannelSnapshot>(
      ChannelSnapshot{make_body(render_multivariant(renditions, prefix)), std::move(names)});
}

}  // namespace estrad::hls
