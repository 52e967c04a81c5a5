#include "web/shelf.h"

namespace estrad::web {
namespace {

template <typename Map>
auto find_value(const Map& map, std::string_view key) -> typename Map::mapped_type {
  const auto found = map.find(key);
  return found == map.end() ? typename Map::mapped_type() : found->second;
}

}  // namespace

void Shelf::put_event(EventPtr view) {
  const std::string& slug = view->event.plan.slug;
  std::string& known_slug = slug_by_id_[view->event.id];
  if (!known_slug.empty() && known_slug != slug) {
    events_.erase(known_slug);
    if (auto log = logs_.extract(known_slug)) {
      log.key() = slug;
      logs_.insert(std::move(log));
    }
    moved_[known_slug] = slug;
  }
  known_slug = slug;
  deleted_.erase(slug);
  moved_.erase(slug);
  for (const std::string& former : view->former_slugs) {
    if (former != slug) {
      moved_[former] = slug;
    }
  }
  events_[slug] = std::move(view);
}

void Shelf::put_deleted(const std::string& slug) {
  if (const auto view = event(slug)) {
    slug_by_id_.erase(view->event.id);
    events_.erase(slug);
    logs_.erase(slug);
  }
  deleted_.insert(slug);
}

void Shelf::put_channel(const std::string& channel, hls::ChannelSnapshotPtr snapshot) {
  channels_[channel].playlist = std::move(snapshot);
}

void Shelf::put_track(const std::string& channel, hls::TrackSnapshotPtr snapshot) {
  auto& place = channels_[channel].tracks[snapshot->track().name];
  place = std::move(snapshot);
}

void Shelf::drop_channel(const std::string& channel) {
  channels_.erase(channel);
}

void Shelf::put_log(const std::string& slug, LogPtr view) {
  logs_[slug] = std::move(view);
}

Shelf::Place Shelf::find(std::string_view slug) const {
  Place place;
  place.event = event(slug);
  if (place.event) {
    return place;
  }
  // An event that moved twice leaves a chain.
  std::string current(slug);
  for (int step = 0; step < 8; ++step) {
    const std::string next = find_value(moved_, current);
    if (next.empty()) {
      break;
    }
    current = next;
    place.moved_to = next;
  }
  place.is_deleted = deleted_.count(current) > 0;
  return place;
}

Shelf::EventPtr Shelf::event(std::string_view slug) const {
  return find_value(events_, slug);
}

const Shelf::Channel* Shelf::channel(std::string_view name) const {
  const auto found = channels_.find(name);
  return found == channels_.end() ? nullptr : &found->second;
}

hls::TrackSnapshotPtr Shelf::track(std::string_view channel_name, std::string_view name) const {
  const Channel* known = channel(channel_name);
  return known == nullptr ? nullptr : find_value(known->tracks, name);
}

Shelf::LogPtr Shelf::log(std::string_view slug) const {
  return find_value(logs_, slug);
}

}  // namespace estrad::web
