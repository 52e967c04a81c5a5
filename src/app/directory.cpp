#include "app/directory.h"

#include <algorithm>
#include <utility>

namespace estrad::app {

void Directory::put(const webcast::Event& event) {
  Entry& entry = by_id_[event.id];
  const std::string& slug = event.plan.slug;
  if (entry.slug == slug) {
    return;
  }
  if (!entry.slug.empty()) {
    id_by_slug_.erase(entry.slug);
    entry.former_slugs.push_back(entry.slug);
  }
  // An event may take one of its own old slugs again.
  std::erase(entry.former_slugs, slug);
  entry.slug = slug;
  id_by_slug_[slug] = event.id;
}

void Directory::add_former_slug(const std::string& event_id, std::string slug) {
  by_id_[event_id].former_slugs.push_back(std::move(slug));
}

void Directory::remove(const std::string& event_id) {
  id_by_slug_.erase(slug_of(event_id));
  by_id_.erase(event_id);
}

std::optional<std::string> Directory::id_of(const std::string& slug) const {
  const auto found = id_by_slug_.find(slug);
  return found == id_by_slug_.end() ? std::nullopt : std::optional(found->second);
}

std::string Directory::slug_of(const std::string& event_id) const {
  const auto found = by_id_.find(event_id);
  return found == by_id_.end() ? std::string() : found->second.slug;
}

std::vector<std::string> Directory::former_slugs(const std::string& event_id) const {
  const auto found = by_id_.find(event_id);
  return found == by_id_.end() ? std::vector<std::string>() : found->second.former_slugs;
}

}  // namespace estrad::app
