#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "archive/file.h"

namespace estrad::archive {

/// Brings written files to the disk at least once a second, on a thread of its own, so that a slow
/// disk never delays the next part. A failure is logged once until syncing works again.
class Syncer {
 public:
  Syncer();
  ~Syncer();
  Syncer(const Syncer&) = delete;
  Syncer& operator=(const Syncer&) = delete;

  /// The file has new bytes. Any thread.
  void touch(std::shared_ptr<const File> file);

 private:
  void run();
  void sync(const std::set<std::shared_ptr<const File>>& files);

  // any thread, under the mutex
  std::mutex mutex_;
  std::condition_variable wake_;
  std::set<std::shared_ptr<const File>> dirty_;
  bool is_stopping_ = false;

  // its thread only
  bool has_failed_ = false;

  std::thread thread_;
};

}  // namespace estrad::archive
