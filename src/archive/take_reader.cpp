#include "archive/take_reader.h"

#include <algorithm>
#include <utility>

#include "archive/levelling.h"
#include "archive/take_files.h"
#include "hls/bandwidth.h"
#include "hls/media_playlist.h"
#include "hls/multivariant.h"
#include "hls/ticks.h"

namespace estrad::archive {
namespace {

Error no_such_media() {
  return not_found("no such media");
}

std::vector<std::uint32_t> timescales(const TakeInfo& info) {
  std::vector<std::uint32_t> scales;
  for (const hls::Track& track : info.tracks) {
    scales.push_back(track.timescale);
  }
  return scales;
}

hls::Bandwidth measure(const hls::Track& track, const TrackIndex& index) {
  hls::Bandwidth bandwidth(track.bitrate);
  for (const IndexedSegment& segment : index.segments()) {
    if (!segment.info.is_gap) {
      bandwidth.add_segment(segment.info.size,
                            hls::from_ticks(segment.info.duration, track.timescale));
    }
  }
  return bandwidth;
}

}  // namespace

Result<std::unique_ptr<TakeReader>> TakeReader::open(const std::filesystem::path& root,
                                                     const TakeAddress& address) {
  if (const auto sound = check(address); !sound) {
    return fail(sound.error());
  }
  std::filesystem::path folder = take_path(root, address);
  auto info = read_info(folder, address);
  if (!info) {
    return fail(info.error());
  }
  return std::unique_ptr<TakeReader>(new TakeReader(std::move(folder), std::move(*info)));
}

TakeReader::TakeReader(std::filesystem::path folder, TakeInfo info)
    : folder_(std::move(folder)), info_(std::move(info)) {
  for (const hls::Track& track : info_.tracks) {
    tracks_.emplace_back(index_path(folder_, track.name));
  }
}

Status TakeReader::refresh() {
  if (info_.state == TakeState::kOpen) {
    // A closed take stays so until Archive resumes it, and then drops its reader.
    auto info = read_info(folder_, info_.address);
    if (!info) {
      return fail(info.error());
    }
    version_ += info->state == info_.state ? 0 : 1;
    info_.state = info->state;
    info_.run = info->run;
  }
  for (TrackIndex& track : tracks_) {
    const auto has_grown = track.refresh();
    if (!has_grown) {
      return fail(has_grown.error());
    }
    version_ += *has_grown ? 1 : 0;
  }
  return {};
}

Result<std::size_t> TakeReader::find_track(std::string_view name) const {
  for (std::size_t i = 0; i < info_.tracks.size(); ++i) {
    if (info_.tracks[i].name == name) {
      return i;
    }
  }
  return fail(not_found("no such track"));
}

// --- Playlists -----------------------------------------------------------------------------------

std::vector<hls::SegmentInfo> TakeReader::listed(std::size_t track) const {
  std::vector<hls::SegmentInfo> infos;
  for (const IndexedSegment& segment : tracks_[track].segments()) {
    if (segment.is_closed || info_.state == TakeState::kClosed) {
      infos.push_back(segment.info);
    }
  }
  if (info_.state == TakeState::kClosed) {
    for (const hls::Part& gap : missing_at_end(tracks_, timescales(info_), track)) {
      infos.push_back(hls::begin_segment(std::make_shared<const hls::Part>(gap)).info);
    }
  }
  return infos;
}

Result<hls::Body> TakeReader::playlist(std::string_view track) {
  const auto number = find_track(track);
  if (!number) {
    return fail(number.error());
  }
  if (auto fresh = refresh(); !fresh) {
    return fail(fresh.error());
  }
  const auto known = playlists_.find(track);
  if (known != playlists_.end() && known->second.version == version_) {
    return known->second.body;
  }
  const auto segments = listed(*number);
  Rendered rendered{
      hls::make_body(hls::render_recorded(info_.tracks[*number], info_.timing, segments)),
      version_};
  return playlists_.insert_or_assign(std::string(track), std::move(rendered)).first->second.body;
}

Result<hls::Body> TakeReader::multivariant(std::string_view prefix) {
  if (auto fresh = refresh(); !fresh) {
    return fail(fresh.error());
  }
  if (multivariant_ && multivariant_->version == version_ && multivariant_prefix_ == prefix) {
    return multivariant_->body;
  }
  std::vector<hls::Bandwidth> bandwidths;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    bandwidths.push_back(measure(info_.tracks[i], tracks_[i]));
  }
  std::vector<hls::Rendition> renditions;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    renditions.push_back({info_.tracks[i], bandwidths[i]});
  }
  multivariant_ = Rendered{hls::make_body(hls::render_multivariant(renditions, prefix)), version_};
  multivariant_prefix_ = prefix;
  return multivariant_->body;
}

Result<milliseconds> TakeReader::duration() {
  if (auto fresh = refresh(); !fresh) {
    return fail(fresh.error());
  }
  hls::nanoseconds longest{0};
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (!tracks_[i].segments().empty()) {
      longest = std::max(longest, hls::from_ticks(tracks_[i].segments().back().info.end_time(),
                                                  info_.tracks[i].timescale));
    }
  }
  return std::chrono::round<milliseconds>(longest);
}

// --- Media ---------------------------------------------------------------------------------------

Result<SharedBytes> TakeReader::read(std::string_view track, const hls::MediaName& name) {
  const auto number = find_track(track);
  if (!number) {
    return fail(number.error());
  }
  if (auto fresh = refresh(); !fresh) {
    return fail(fresh.error());
  }
  struct Finder {
    TakeReader& reader;
    std::size_t track;
    Result<SharedBytes> operator()(hls::InitName init) const {
      return reader.read_init(track, init);
    }
    Result<SharedBytes> operator()(hls::SegmentName segment) const {
      return reader.read_segment(track, segment);
    }
    Result<SharedBytes> operator()(hls::PartName part) const {
      return reader.read_part(track, part);
    }
  };
  return std::visit(Finder{*this, *number}, name);
}

Result<SharedBytes> TakeReader::read_init(std::size_t track, hls::InitName name) {
  const auto init = tracks_[track].init(name.number);
  if (!init) {
    return fail(no_such_media());
  }
  return read_range(track, init->file, init->offset, init->size);
}

Result<SharedBytes> TakeReader::read_segment(std::size_t track, hls::SegmentName name) {
  const IndexedSegment* segment = tracks_[track].find(name.msn);
  const bool is_complete =
      segment != nullptr && (segment->is_closed || info_.state == TakeState::kClosed);
  if (!is_complete || segment->info.run != name.run || segment->info.is_gap) {
    return fail(no_such_media());
  }
  return read_range(track, segment->info.init, segment->offset, segment->info.size);
}

Result<SharedBytes> TakeReader::read_part(std::size_t track, hls::PartName name) {
  const IndexedSegment* segment = tracks_[track].find(name.msn);
  if (segment == nullptr || segment->info.run != name.run || segment->info.is_gap) {
    return fail(no_such_media());
  }
  const auto parts = tracks_[track].parts(*segment);
  if (!parts) {
    return fail(parts.error());
  }
  for (const IndexRecord& part : *parts) {
    if (part.part == name.part) {
      return read_range(track, part.file, part.offset, part.size);
    }
  }
  return fail(no_such_media());
}

Result<SharedBytes> TakeReader::read_range(std::size_t track, std::uint32_t file,
                                           std::uint64_t offset, std::uint64_t size) {
  constexpr std::uint64_t kLargest = 256U << 20;
  constexpr std::size_t kMostOpen = 16;
  if (size > kLargest) {
    return fail(media_error("a segment of more than 256 MiB"));
  }
  if (files_.size() > kMostOpen) {
    files_.clear();
  }
  std::shared_ptr<const File>& open = files_[{track, file}];
  if (!open) {
    auto opened =
        File::open(media_path(folder_, info_.tracks[track].name, file), File::Mode::kRead);
    if (!opened) {
      return fail(opened.error());
    }
    open = std::move(*opened);
  }
  auto bytes = open->read(offset, static_cast<std::size_t>(size));
  if (!bytes) {
    return fail(bytes.error());
  }
  return share(std::move(*bytes));
}

}  // namespace estrad::archive
