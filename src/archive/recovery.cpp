#include "archive/recovery.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "archive/file.h"
#include "archive/index_record.h"
#include "archive/levelling.h"
#include "archive/take_files.h"
#include "base/log.h"
#include "hls/ticks.h"

namespace estrad::archive {
namespace {

constexpr std::uint64_t kHeaderSize = kRecordSize;
/// Older records were synced long before (Syncer): only these can be without their bytes.
constexpr std::size_t kDoubtful = 256;

/// The media files of one track, opened when first needed.
class MediaFiles {
 public:
  MediaFiles(const std::filesystem::path& folder, std::string_view track)
      : folder_(folder), track_(track) {}

  [[nodiscard]] bool has(const IndexRecord& record) {
    if (record.is_gap) {
      return true;
    }
    if (record.file != number_) {
      auto file = File::open(media_path(folder_, track_, record.file), File::Mode::kRead);
      file_ = file ? std::move(*file) : nullptr;
      number_ = record.file;
    }
    const auto bytes = file_ ? file_->read(record.offset, record.size) : fail(not_found(""));
    return bytes && checksum(*bytes) == record.checksum;
  }

 private:
  const std::filesystem::path& folder_;
  std::string_view track_;
  std::uint32_t number_ = 0;
  std::shared_ptr<const File> file_;
};

std::vector<IndexRecord> read_records(ByteView bytes) {
  std::vector<IndexRecord> records;
  for (std::size_t at = kHeaderSize; at + kRecordSize <= bytes.size(); at += kRecordSize) {
    const auto record = decode_record(bytes.subspan(at, kRecordSize));
    if (!record) {
      break;
    }
    records.push_back(*record);
  }
  return records;
}

void drop_without_bytes(std::vector<IndexRecord>& records, MediaFiles media) {
  const std::size_t from = records.size() > kDoubtful ? records.size() - kDoubtful : 0;
  for (std::size_t i = from; i < records.size(); ++i) {
    if (!media.has(records[i])) {
      records.resize(i);
      return;
    }
  }
}

bool is_unwritten(ByteView header) {
  return std::all_of(header.begin(), header.end(), [](std::uint8_t byte) { return byte == 0; });
}

/// An index whose very header never reached the disk counts as empty.
Result<bool> has_header(ByteView bytes, const std::filesystem::path& path) {
  if (bytes.size() < kHeaderSize || is_unwritten(bytes.first(kHeaderSize))) {
    return false;
  }
  const auto timescale = parse_index_header(bytes.first(kHeaderSize));
  if (!timescale) {
    return fail(Error(timescale.error()).in(path.string()));
  }
  return true;
}

TakeWriter::TrackEnd end_of(const std::vector<IndexRecord>& records) {
  TakeWriter::TrackEnd end;
  end.index_size = kHeaderSize + records.size() * kRecordSize;
  for (const IndexRecord& record : records) {
    if (record.is_init || (record.file == end.file && !record.is_gap)) {
      end.file = record.file;
      end.file_size = record.offset + record.size;
    }
  }
  return end;
}

/// A file that has no record, not even of its init segment, holds nothing that was announced.
void remove_files_after(const std::filesystem::path& folder, std::string_view track,
                        std::uint32_t number) {
  std::error_code ignored;
  while (std::filesystem::remove(media_path(folder, track, ++number), ignored)) {
  }
}

Status cut_media(const std::filesystem::path& path, std::uint64_t size) {
  const auto file = File::open(path, File::Mode::kWrite);
  if (!file) {
    return fail(file.error());
  }
  const auto present = (*file)->size();
  if (!present) {
    return fail(present.error());
  }
  if (*present > size) {
    log::info("recording \"{}\": {} bytes of a half-written part cut off", path.string(),
              *present - size);
  }
  return (*file)->cut(size);
}

hls::SegmentPtr restore_segment(const IndexedSegment& indexed,
                                const std::vector<IndexRecord>& records) {
  auto segment = std::make_shared<hls::Segment>();
  segment->info = indexed.info;
  segment->is_complete = true;
  for (const IndexRecord& record : records) {
    segment->parts.push_back(std::make_shared<const hls::Part>(part_of(record)));
  }
  return segment;
}

/// The first of the newest segments that cover `span`; at least eight.
std::size_t first_within(const TrackIndex& index, std::uint32_t timescale, hls::nanoseconds span) {
  constexpr std::size_t kFewest = 8;
  const auto& segments = index.segments();
  std::size_t begin = segments.size();
  while (begin > 0) {
    const auto until_end = hls::from_ticks(
        segments.back().info.end_time() - segments[begin - 1].info.decode_time, timescale);
    if (segments.size() - begin >= kFewest && until_end > span) {
      break;
    }
    --begin;
  }
  return begin;
}

Result<SharedBytes> read_init(const std::filesystem::path& folder, const hls::Track& track,
                              const IndexRecord& init) {
  const auto file = File::open(media_path(folder, track.name, init.file), File::Mode::kRead);
  if (!file) {
    return fail(file.error());
  }
  auto bytes = (*file)->read(init.offset, init.size);
  if (!bytes) {
    return fail(bytes.error());
  }
  return share(std::move(*bytes));
}

Result<hls::TimelineState::TrackState> track_state(const std::filesystem::path& folder,
                                                   const hls::Track& track, const TrackIndex& index,
                                                   hls::nanoseconds skip_until,
                                                   milliseconds window) {
  hls::TimelineState::TrackState state;
  state.bandwidth = hls::Bandwidth(track.bitrate);
  for (const IndexedSegment& segment : index.segments()) {
    state.end_time = segment.info.end_time();
    if (!segment.info.is_gap) {
      state.bandwidth.add_segment(segment.info.size,
                                  hls::from_ticks(segment.info.duration, track.timescale));
    }
  }
  // One more second: the newest segment that is skipped may reach into the boundary.
  const std::size_t recent =
      first_within(index, track.timescale, skip_until + std::chrono::seconds(1));
  const bool is_whole = window == milliseconds(0);
  const std::size_t listed = is_whole ? 0 : first_within(index, track.timescale, window);
  for (std::size_t i = std::min(listed, recent); i < recent; ++i) {
    state.history.push_back(index.segments()[i].info);
  }
  for (std::size_t i = recent; i < index.segments().size(); ++i) {
    const auto records = index.parts(index.segments()[i]);
    if (!records) {
      return fail(records.error());
    }
    state.segments.push_back(restore_segment(index.segments()[i], *records));
  }
  state.init = index.inits().empty() ? 0 : index.inits().rbegin()->first;
  const std::uint32_t oldest =
      state.segments.empty() ? state.init : state.segments.front()->info.init;
  for (const auto& [number, record] : index.inits()) {
    if (number >= oldest) {
      auto bytes = read_init(folder, track, record);
      if (!bytes) {
        return fail(bytes.error());
      }
      state.inits[number] = std::move(*bytes);
    }
  }
  return state;
}

}  // namespace

Result<TakeWriter::TrackEnd> mend_track(const std::filesystem::path& folder,
                                        const hls::Track& track) {
  const auto path = index_path(folder, track.name);
  const auto file = File::open(path, File::Mode::kWrite);
  if (!file) {
    return fail(file.error());
  }
  const auto size = (*file)->size();
  const auto bytes =
      size ? (*file)->read(0, static_cast<std::size_t>(*size)) : fail(Error(size.error()));
  if (!bytes) {
    return fail(bytes.error());
  }
  const auto is_begun = has_header(*bytes, path);
  if (!is_begun) {
    return fail(is_begun.error());
  }
  TakeWriter::TrackEnd end;
  if (*is_begun) {
    std::vector<IndexRecord> records = read_records(*bytes);
    drop_without_bytes(records, MediaFiles(folder, track.name));
    end = end_of(records);
  }
  if (const auto cut = (*file)->cut(end.index_size); !cut) {
    return fail(cut.error());
  }
  remove_files_after(folder, track.name, end.file);
  if (end.file > 0) {
    const auto cut = cut_media(media_path(folder, track.name, end.file), end.file_size);
    if (!cut) {
      return fail(cut.error());
    }
  }
  return end;
}

Result<std::vector<TrackIndex>> read_indexes(const std::filesystem::path& folder,
                                             const TakeInfo& info) {
  std::vector<TrackIndex> indexes;
  for (const hls::Track& track : info.tracks) {
    indexes.emplace_back(index_path(folder, track.name));
    if (const auto read = indexes.back().refresh(); !read) {
      return fail(read.error());
    }
  }
  return indexes;
}

Status level_tracks(TakeWriter& writer, const std::vector<TrackIndex>& indexes) {
  std::vector<std::uint32_t> timescales;
  for (const hls::Track& track : writer.info().tracks) {
    timescales.push_back(track.timescale);
  }
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    for (const hls::Part& gap : missing_at_end(indexes, timescales, i)) {
      if (auto written = writer.append(i, gap); !written) {
        return written;
      }
    }
  }
  return {};
}

Result<hls::TimelineState> make_state(const std::filesystem::path& folder, const TakeInfo& info,
                                      const std::vector<TrackIndex>& indexes, milliseconds window) {
  hls::TimelineState state;
  state.run = info.run;
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    auto track = track_state(folder, info.tracks[i], indexes[i], info.timing.skip_until(), window);
    if (!track) {
      return fail(track.error());
    }
    state.tracks.push_back(std::move(*track));
    if (!indexes[i].segments().empty()) {
      const hls::SegmentInfo& last = indexes[i].segments().back().info;
      state.next_msn = std::max(state.next_msn, last.msn + 1);
      state.discontinuity_sequence =
          std::max(state.discontinuity_sequence, last.discontinuity_sequence);
    }
  }
  return state;
}

}  // namespace estrad::archive
