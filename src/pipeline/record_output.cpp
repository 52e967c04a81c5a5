#include "pipeline/record_output.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include <unistd.h>

namespace estrad::pipeline {

void RecordOutput::begin_run(std::size_t tracks) {
  const std::lock_guard lock(mutex_);
  tracks_.assign(tracks, std::nullopt);
  init_segments_.assign(tracks, Bytes());
  waiting_.clear();
  is_announced_ = false;
}

void RecordOutput::set_track(std::uint8_t track, TrackInfo info, Bytes init_segment) {
  const std::lock_guard lock(mutex_);
  tracks_.at(track) = std::move(info);
  init_segments_.at(track) = std::move(init_segment);
  const bool is_complete = std::all_of(tracks_.begin(), tracks_.end(),
                                       [](const auto& known) { return known.has_value(); });
  if (is_complete && !is_announced_) {
    announce_tracks();
  }
}

void RecordOutput::announce_tracks() {
  TrackList list;
  for (const auto& track : tracks_) {
    list.tracks.push_back(*track);
  }
  write_bytes(encode(list));
  for (std::size_t i = 0; i < init_segments_.size(); ++i) {
    write_bytes(encode(InitSegment{static_cast<std::uint8_t>(i), std::move(init_segments_[i])}));
  }
  for (Part& part : waiting_) {
    write_bytes(encode(std::move(part)));
  }
  waiting_.clear();
  is_announced_ = true;
}

void RecordOutput::write(Part part) {
  ++part_count_;
  const std::lock_guard lock(mutex_);
  if (is_announced_) {
    write_bytes(encode(std::move(part)));
  } else {
    waiting_.push_back(std::move(part));
  }
}

void RecordOutput::log(log::Level level, std::string_view message) {
  write_record(LogLine{level, std::string(message)});
}

void RecordOutput::write_record(const Record& record) {
  const std::lock_guard lock(mutex_);
  write_bytes(encode(record));
}

void RecordOutput::write_bytes(ByteView bytes) {
  while (!bytes.empty() && !is_broken_) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      is_broken_ = true;
    }
  }
}

}  // namespace estrad::pipeline
