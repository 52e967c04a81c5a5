#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "ingest/feed.h"

namespace estrad::test {

/// Keeps what a door hands on, and lets a test wait for it. Any thread.
class RecordingSink final : public ingest::FeedSink {
 public:
  struct Feed {
    ingest::FeedInfo info;
    std::vector<SharedBytes> headers;
    std::vector<ingest::FeedChunk> chunks;
    std::string end_reason;
    bool is_ended = false;

    /// The feed as a file: header, then the chunks from `from` on.
    [[nodiscard]] Bytes file(const Bytes& header, std::size_t from = 0) const {
      Bytes whole = header;
      for (std::size_t i = from; i < chunks.size(); ++i) {
        whole.insert(whole.end(), chunks[i].bytes->begin(), chunks[i].bytes->end());
      }
      return whole;
    }
    [[nodiscard]] std::size_t keyframes() const {
      return static_cast<std::size_t>(std::ranges::count_if(
          chunks, [](const ingest::FeedChunk& chunk) { return chunk.starts_with_keyframe; }));
    }
  };

  void feed_started(const ingest::FeedInfo& info) override {
    change(
        [&] { feeds_.push_back({.info = info, .headers = {}, .chunks = {}, .end_reason = {}}); });
  }
  void feed_headers(ingest::FeedId id, SharedBytes headers) override {
    change([&] { of(id).headers.push_back(std::move(headers)); });
  }
  void feed_data(ingest::FeedId id, ingest::FeedChunk chunk) override {
    change([&] { of(id).chunks.push_back(std::move(chunk)); });
  }
  void feed_ended(ingest::FeedId id, std::string reason) override {
    change([&] {
      of(id).end_reason = std::move(reason);
      of(id).is_ended = true;
    });
  }

  /// The `index`th feed once `is_reached` holds of it; as it is after 20 s, whatever it is then.
  Feed wait_for(std::size_t index, const std::function<bool(const Feed&)>& is_reached) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20),
                      [&] { return feeds_.size() > index && is_reached(feeds_[index]); });
    return feeds_.size() > index ? feeds_[index] : Feed{};
  }
  Feed wait_for_start(std::size_t index) {
    return wait_for(index, [](const Feed&) { return true; });
  }
  Feed wait_for_data(std::size_t index) {
    return wait_for(index, [](const Feed& feed) { return !feed.chunks.empty(); });
  }
  Feed wait_for_end(std::size_t index) {
    return wait_for(index, [](const Feed& feed) { return feed.is_ended; });
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return feeds_.size();
  }

 private:
  void change(const std::function<void()>& how) {
    const std::lock_guard lock(mutex_);
    how();
    changed_.notify_all();
  }
  Feed& of(ingest::FeedId id) {
    return *std::ranges::find_if(feeds_, [id](const Feed& feed) { return feed.info.id == id; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Feed> feeds_;
};

}  // namespace estrad::test
