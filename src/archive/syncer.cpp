#include "archive/syncer.h"

#include <chrono>
#include <utility>

#include "base/log.h"

namespace estrad::archive {

Syncer::Syncer() : thread_([this] { run(); }) {}

Syncer::~Syncer() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Syncer::touch(std::shared_ptr<const File> file) {
  const std::lock_guard lock(mutex_);
  if (dirty_.empty()) {
    wake_.notify_one();
  }
  dirty_.insert(std::move(file));
}

void Syncer::run() {
  // Less than a second, to leave the disk some time of its own.
  constexpr std::chrono::milliseconds kGather(700);
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return is_stopping_ || !dirty_.empty(); });
    wake_.wait_for(lock, kGather, [this] { return is_stopping_; });
    const bool is_last_round = is_stopping_;
    const auto files = std::exchange(dirty_, {});
    lock.unlock();
    sync(files);
    if (is_last_round) {
      return;
    }
    lock.lock();
  }
}

void Syncer::sync(const std::set<std::shared_ptr<const File>>& files) {
  bool has_failed = false;
  for (const auto& file : files) {
    if (const auto synced = file->sync(); !synced) {
      if (!has_failed_ && !has_failed) {
        log::write(synced.error());
      }
      has_failed = true;
    }
  }
  has_failed_ = has_failed;
}

}  // namespace estrad::archive
