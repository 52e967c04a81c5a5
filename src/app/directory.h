#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "webcast/event.h"

namespace estrad::app {

/// Which event a slug of today means, and which slugs led to it before. Lives on the live loop.
class Directory {
 public:
  /// Takes an event in, or its newer version.
  void put(const webcast::Event& event);
  void add_former_slug(const std::string& event_id, std::string slug);
  void remove(const std::string& event_id);

  [[nodiscard]] std::optional<std::string> id_of(const std::string& slug) const;
  /// Empty for an unknown event.
  [[nodiscard]] std::string slug_of(const std::string& event_id) const;
  [[nodiscard]] std::vector<std::string> former_slugs(const std::string& event_id) const;

 private:
  struct Entry {
    std::string slug;
    std::vector<std::string> former_slugs;
  };
  std::map<std::string, Entry> by_id_;
  std::map<std::string, std::string> id_by_slug_;
};

}  // namespace estrad::app
