#include "hls/segment_window.h"

#include <memory>
#include <utility>

namespace estrad::hls {
namespace {

/// iOS plays low latency only with about this many.
constexpr std::size_t kFewestListed = 7;

}  // namespace

SegmentWindow::SegmentWindow(const Track& track, Depth depth, PlaylistTiming timing)
    : timescale_(track.timescale), depth_(depth), timing_(timing), history_(track) {}

void SegmentWindow::push(PartPtr part) {
  if (!segments_.empty() && newest().info.msn == part->msn) {
    auto longer = std::make_shared<Segment>(newest());
    extend(*longer, std::move(part));
    segments_.back() = std::move(longer);
    return;
  }
  complete_newest();
  segments_.push_back(std::make_shared<Segment>(begin_segment(std::move(part))));
}

void SegmentWindow::complete_newest() {
  if (segments_.empty() || newest().is_complete) {
    return;
  }
  auto complete = std::make_shared<Segment>(newest());
  complete->is_complete = true;
  if (!complete->info.is_gap) {
    bandwidth_.add_segment(complete->info.size, time(complete->info.duration));
  }
  segments_.back() = std::move(complete);
  slide();
}

void SegmentWindow::restore(SegmentPtr segment) {
  segments_.push_back(std::move(segment));
  slide();
}

std::vector<SegmentPtr> SegmentWindow::kept() const {
  return {segments_.begin(), segments_.end()};
}

void SegmentWindow::slide() {
  const nanoseconds end = time(newest().info.end_time());
  const auto is_older = [&](const SegmentInfo& segment) {
    return end - time(segment.end_time()) >= timing_.skip_until();
  };
  while (segments_.size() - older_ > kFewestListed && is_older(segments_[older_]->info)) {
    history_.push(segments_[older_]->info);
    ++older_;
  }
  unlist(end);
  forget(end);
}

void SegmentWindow::unlist(nanoseconds end) {
  if (depth_.listed == nanoseconds(0)) {
    return;
  }
  while (!history_.is_empty() && end - time(history_.at(0).end_time()) >= depth_.listed) {
    const SegmentInfo& oldest = history_.at(0);
    if (depth_.keeps_older) {
      const nanoseconds playlist = end - time(oldest.decode_time);
      removed_until_.push_back(end + playlist + time(oldest.duration));
    }
    history_.pop();
  }
}

void SegmentWindow::forget(nanoseconds end) {
  if (!depth_.keeps_older) {
    segments_.erase(segments_.begin(), segments_.begin() + static_cast<std::ptrdiff_t>(older_));
    older_ = 0;
  }
  while (!removed_until_.empty() && removed_until_.front() <= end) {
    removed_until_.pop_front();
    segments_.pop_front();
    --older_;
  }
}

}  // namespace estrad::hls
