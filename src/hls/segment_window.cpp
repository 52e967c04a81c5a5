#include "hls/segment_window.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace estrad::hls {
namespace {

/// iOS plays low latency only with about this many.
constexpr std::size_t kFewestListed = 7;

}  // namespace

SegmentWindow::SegmentWindow(std::uint32_t timescale, Depth depth, PlaylistTiming timing)
    : timescale_(timescale), depth_(depth), timing_(timing) {
  depth_.listed = std::max<nanoseconds>(depth_.listed, 3 * timing.target_duration);
}

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
}

std::vector<SegmentPtr> SegmentWindow::kept() const {
  return {segments_.begin(), segments_.end()};
}

void SegmentWindow::slide() {
  const nanoseconds end = time(newest().info.end_time());
  while (segments_.size() - removed_count() > kFewestListed) {
    const SegmentInfo& oldest = segments_[removed_count()]->info;
    const SegmentInfo& second = segments_[removed_count() + 1]->info;
    if (end - time(second.decode_time) < depth_.listed) {
      break;
    }
    const nanoseconds playlist = end - time(oldest.decode_time);
    removed_until_.push_back(end + playlist + time(oldest.duration));
  }
  while (!removed_until_.empty() && (!depth_.keeps_removed || removed_until_.front() <= end)) {
    removed_until_.pop_front();
    segments_.pop_front();
  }
}

}  // namespace estrad::hls
