#include "hls/snapshot.h"

#include "base/gzip.h"
#include "base/ids.h"

namespace estrad::hls {
namespace {

using State = MediaLookup::State;

std::string etag_of(std::string_view text) {
  constexpr std::size_t kTagLength = 20;
  return '"' + sha256_hex(text).substr(0, kTagLength) + '"';
}

}  // namespace

Body make_body(std::string_view text) {
  return {share(text), share(std::string_view(gzip(text))), etag_of(text)};
}

const Body& LiveBodies::whole() const {
  std::call_once(whole_once_, [this] {
    if (history_.pieces.empty()) {
      whole_ = make_body(text_.head + text_.tail);
      return;
    }
    std::vector<PackedTextPtr> pieces = {pack(text_.head)};
    pieces.insert(pieces.end(), history_.pieces.begin(), history_.pieces.end());
    pieces.push_back(pack(text_.tail));
    std::string whole;
    for (const PackedTextPtr& piece : pieces) {
      whole += piece->text();
    }
    whole_ = {share(std::string_view(whole)), share(std::string_view(gzip(pieces))),
              etag_of(whole)};
  });
  return whole_;
}

const Body& LiveBodies::delta() const {
  if (text_.delta_head.empty()) {
    return whole();
  }
  std::call_once(delta_once_, [this] { delta_ = make_body(text_.delta_head + text_.tail); });
  return delta_;
}

// The next part is the live edge: every segment before its own is complete, and its own lists the
// parts before it.

std::optional<std::uint64_t> TrackSnapshot::last_msn() const {
  if (content_.next_part.msn == 0) {
    return std::nullopt;
  }
  return content_.next_part.msn - 1;
}

bool TrackSnapshot::holds(std::uint64_t msn) const {
  return msn < content_.next_part.msn;
}

bool TrackSnapshot::holds(std::uint64_t msn, std::uint64_t part) const {
  const PartName& next = content_.next_part;
  if (msn >= next.msn) {
    return msn == next.msn && part < next.part;
  }
  if (msn + 1 < next.msn) {
    return true;
  }
  const Segment* last = segment(msn);
  return last == nullptr || part < last->parts.size() || next.part > 0;
}

MediaLookup TrackSnapshot::find(const MediaName& name) const {
  struct Finder {
    const TrackSnapshot& snapshot;
    MediaLookup operator()(const InitName& init) const { return snapshot.find_init(init); }
    MediaLookup operator()(const SegmentName& segment) const {
      return snapshot.find_segment(segment);
    }
    MediaLookup operator()(const PartName& part) const { return snapshot.find_part(part); }
  };
  return std::visit(Finder{*this}, name);
}

const Segment* TrackSnapshot::segment(std::uint64_t msn) const {
  if (content_.kept.empty()) {
    return nullptr;
  }
  const std::uint64_t first = content_.kept.front()->info.msn;
  if (msn < first || msn - first >= content_.kept.size()) {
    return nullptr;
  }
  return content_.kept[msn - first].get();
}

State TrackSnapshot::absent(std::uint32_t run, std::uint64_t msn) const {
  const PartName& next = content_.next_part;
  if (msn < next.msn) {
    return State::kElsewhere;
  }
  // Another http loop may be one post ahead of this one: what it listed is waited for as well.
  const bool may_come = !content_.is_ended && run == next.run && msn <= next.msn + 1;
  return may_come ? State::kWait : State::kNever;
}

MediaLookup TrackSnapshot::find_init(InitName name) const {
  if (const auto init = content_.inits.find(name.number); init != content_.inits.end()) {
    return {init->second ? State::kFound : State::kElsewhere, {init->second}};
  }
  const std::uint32_t newest = content_.inits.empty() ? 0 : content_.inits.rbegin()->first;
  if (name.number == newest + 1 && !content_.is_ended) {
    return {State::kWait, {}};
  }
  return {name.number == 0 || name.number > newest ? State::kNever : State::kElsewhere, {}};
}

MediaLookup TrackSnapshot::find_segment(SegmentName name) const {
  const Segment* found = segment(name.msn);
  if (found == nullptr) {
    return {absent(name.run, name.msn), {}};
  }
  if (found->info.run != name.run || found->info.is_gap) {
    return {State::kNever, {}};
  }
  if (!found->is_complete) {
    return {content_.is_ended ? State::kNever : State::kWait, {}};
  }
  MediaLookup lookup{State::kFound, {}};
  lookup.chunks.reserve(found->parts.size());
  for (const PartPtr& part : found->parts) {
    if (!part->bytes) {
      return {State::kElsewhere, {}};
    }
    lookup.chunks.push_back(part->bytes);
  }
  return lookup;
}

MediaLookup TrackSnapshot::find_part(PartName name) const {
  constexpr std::uint32_t kAhead = 2;
  const Segment* found = segment(name.msn);
  if (found == nullptr) {
    const State state = absent(name.run, name.msn);
    return {state == State::kWait && name.part > kAhead ? State::kNever : state, {}};
  }
  if (found->info.run != name.run || found->info.is_gap) {
    return {State::kNever, {}};
  }
  if (name.part < found->parts.size()) {
    const SharedBytes& bytes = found->parts[name.part]->bytes;
    return bytes ? MediaLookup{State::kFound, {bytes}} : MediaLookup{State::kElsewhere, {}};
  }
  const bool may_come =
      !found->is_complete && !content_.is_ended && name.part - found->parts.size() < kAhead;
  return {may_come ? State::kWait : State::kNever, {}};
}

}  // namespace estrad::hls
