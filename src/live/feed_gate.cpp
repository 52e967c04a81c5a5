#include "live/feed_gate.h"

#include <algorithm>
#include <utility>

#include <spdlog/fmt/fmt.h>

namespace estrad::live {
namespace {

/// Of one track, while another is missing: several segments of the usual length.
constexpr std::size_t kMostHeld = 64;

}  // namespace

Result<std::vector<pipeline::Part>> FeedGate::add(pipeline::Part part) {
  std::vector<pipeline::Part> released;
  if (part.track >= lanes_.size() || part.segment < first_allowed_) {
    return released;
  }
  Lane& lane = lanes_[part.track];
  if (lane.held.size() >= kMostHeld) {
    return fail(media_error(fmt::format("track {} runs ahead: another gives nothing", part.track)));
  }
  lane.held.push_back(std::move(part));
  release(released);
  while (std::all_of(lanes_.begin(), lanes_.end(), [](const Lane& each) { return each.is_done; }) ||
         !segment_) {
    const auto next = find_segment();
    if (!next) {
      break;
    }
    segment_ = *next;
    for (Lane& each : lanes_) {
      each.is_done = false;
    }
    release(released);
  }
  return released;
}

void FeedGate::shut() {
  if (segment_) {
    first_allowed_ = *segment_ + 1;
  }
  segment_.reset();
  for (Lane& lane : lanes_) {
    lane.held.clear();
    lane.is_done = false;
  }
}

/// The first segment that every lane holds from its first part; what is older is dropped.
std::optional<std::uint32_t> FeedGate::find_segment() {
  std::uint32_t wanted = segment_ ? *segment_ + 1 : first_allowed_;
  for (bool is_agreed = false; !is_agreed;) {
    is_agreed = true;
    for (Lane& lane : lanes_) {
      while (!lane.held.empty() &&
             (lane.held.front().segment < wanted || lane.held.front().part != 0)) {
        lane.held.pop_front();
      }
      if (lane.held.empty()) {
        return std::nullopt;
      }
      if (lane.held.front().segment > wanted) {
        wanted = lane.held.front().segment;
        is_agreed = false;
      }
    }
  }
  return wanted;
}

void FeedGate::release(std::vector<pipeline::Part>& released) {
  for (Lane& lane : lanes_) {
    while (segment_ && !lane.held.empty() && lane.held.front().segment == *segment_) {
      lane.is_done = lane.held.front().is_last;
      released.push_back(std::move(lane.held.front()));
      lane.held.pop_front();
    }
  }
}

}  // namespace estrad::live
