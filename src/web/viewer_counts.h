#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace estrad::web {

/// How many players waited for the newest part of each channel's video, told by the http loops,
/// asked by anyone. Any thread.
class ViewerCounts {
 public:
  /// `source` names the loop and track that counted.
  void set(const std::string& channel, const std::string& source, std::size_t count) {
    const std::lock_guard lock(mutex_);
    counts_[channel][source] = count;
  }
  void drop(const std::string& channel) {
    const std::lock_guard lock(mutex_);
    counts_.erase(channel);
  }
  [[nodiscard]] std::size_t total(const std::string& channel) const {
    const std::lock_guard lock(mutex_);
    std::size_t sum = 0;
    const auto found = counts_.find(channel);
    if (found != counts_.end()) {
      for (const auto& [source, count] : found->second) {
        sum += count;
      }
    }
    return sum;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::string, std::size_t>> counts_;
};

}  // namespace estrad::web
