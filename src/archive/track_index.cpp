#include "archive/track_index.h"

#include <algorithm>
#include <utility>

namespace estrad::archive {
namespace {

constexpr std::uint64_t kHeaderSize = kRecordSize;

/// A jump over more segments (weeks) is damage, not a hole.
constexpr std::uint64_t kLargestHole = 1'000'000;

IndexedSegment segment_of(const IndexRecord& record, std::uint64_t number) {
  IndexedSegment segment;
  segment.info = hls::begin_segment(std::make_shared<const hls::Part>(part_of(record))).info;
  segment.info.size = record.size;
  segment.offset = record.offset;
  segment.first_record = number;
  segment.records = 1;
  segment.is_closed = record.is_last;
  return segment;
}

/// What was never recorded (the disk was full): keeps the media sequence whole.
IndexedSegment hole_after(const IndexedSegment& before, std::uint64_t duration) {
  IndexedSegment hole;
  hole.info = before.info;
  hole.info.msn = before.info.msn + 1;
  hole.info.decode_time = before.info.end_time();
  hole.info.duration = duration;
  hole.info.size = 0;
  hole.info.is_gap = true;
  hole.info.starts_discontinuity = false;
  hole.is_closed = true;
  return hole;
}

}  // namespace

Result<bool> TrackIndex::refresh() {
  if (!file_) {
    auto file = File::open(path_, File::Mode::kRead);
    if (!file && file.error().kind == ErrorKind::kNotFound) {
      return false;
    }
    if (!file) {
      return fail(file.error());
    }
    file_ = std::move(*file);
  }
  const auto size = file_->size();
  if (!size) {
    return fail(size.error());
  }
  const std::uint64_t known = kHeaderSize + record_count_ * kRecordSize;
  if (*size < known + kRecordSize) {
    return false;
  }
  if (timescale_ == 0) {
    const auto header = file_->read(0, kHeaderSize);
    const auto timescale = header ? parse_index_header(*header) : fail(header.error());
    if (!timescale) {
      return fail(Error(timescale.error()).in(path_.string()));
    }
    timescale_ = *timescale;
  }
  return take_in_from(known, (*size - known) / kRecordSize);
}

Result<bool> TrackIndex::take_in_from(std::uint64_t offset, std::uint64_t count) {
  constexpr std::uint64_t kAtOnce = 4096;
  const std::uint64_t before = record_count_;
  while (count > 0) {
    const std::uint64_t now = std::min(count, kAtOnce);
    const auto bytes = file_->read(offset, static_cast<std::size_t>(now * kRecordSize));
    if (!bytes) {
      return fail(bytes.error());
    }
    for (std::uint64_t i = 0; i < now; ++i) {
      const auto record = decode_record(ByteView(*bytes).subspan(i * kRecordSize, kRecordSize));
      if (!record) {
        return record_count_ > before;
      }
      take_in(*record);
      ++record_count_;
    }
    offset += now * kRecordSize;
    count -= now;
  }
  return record_count_ > before;
}

void TrackIndex::take_in(const IndexRecord& record) {
  if (record.is_init) {
    inits_[record.file] = record;
    return;
  }
  if (segments_.empty()) {
    segments_.push_back(segment_of(record, record_count_));
    return;
  }
  const hls::SegmentInfo& newest = segments_.back().info;
  if (record.msn < newest.msn || record.msn - newest.msn > kLargestHole) {
    return;
  }
  if (record.msn > newest.msn) {
    segments_.back().is_closed = true;
    const std::uint64_t missing =
        std::max(record.decode_time, newest.end_time()) - newest.end_time();
    const std::uint64_t holes = record.msn - newest.msn - 1;
    for (std::uint64_t i = 0; i < holes; ++i) {
      segments_.push_back(hole_after(segments_.back(), missing / holes));
    }
    segments_.push_back(segment_of(record, record_count_));
    return;
  }
  IndexedSegment& open = segments_.back();
  open.info.duration = record.decode_time + record.duration - open.info.decode_time;
  open.info.size += record.size;
  ++open.records;
  open.is_closed = open.is_closed || record.is_last;
}

std::optional<IndexRecord> TrackIndex::init(std::uint32_t number) const {
  const auto found = inits_.find(number);
  return found == inits_.end() ? std::nullopt : std::optional(found->second);
}

const IndexedSegment* TrackIndex::find(std::uint64_t msn) const {
  if (segments_.empty() || msn < segments_.front().info.msn ||
      msn - segments_.front().info.msn >= segments_.size()) {
    return nullptr;
  }
  return &segments_[msn - segments_.front().info.msn];
}

Result<std::vector<IndexRecord>> TrackIndex::parts(const IndexedSegment& segment) const {
  std::vector<IndexRecord> records;
  if (!file_ || segment.records == 0) {
    return records;
  }
  const auto bytes =
      file_->read(kHeaderSize + segment.first_record * kRecordSize, segment.records * kRecordSize);
  if (!bytes) {
    return fail(bytes.error());
  }
  for (std::size_t at = 0; at < bytes->size(); at += kRecordSize) {
    if (const auto record = decode_record(ByteView(*bytes).subspan(at, kRecordSize))) {
      records.push_back(*record);
    }
  }
  return records;
}

}  // namespace estrad::archive
