#pragma once

#include "app/store_access.h"
#include "glib/event_loop.h"
#include "ingest/feed.h"
#include "ingest/key_check.h"
#include "live/broadcasts.h"

namespace estrad::app {

/// Looks stream keys up in the database, and asks the broadcasts whether there is room for the
/// stage.
class KeyPort final : public ingest::KeyCheck {
 public:
  /// `broadcasts` as for FeedPort.
  KeyPort(StoreAccess& store, glib::EventLoop& live_loop,
          std::unique_ptr<live::Broadcasts>& broadcasts)
      : store_(store), live_loop_(live_loop), broadcasts_(broadcasts) {}
  void check(std::string key, Reply<ingest::StageKey> reply) override;

 private:
  void admit(const ingest::StageKey& key, const Reply<ingest::StageKey>& reply);

  StoreAccess& store_;
  glib::EventLoop& live_loop_;
  std::unique_ptr<live::Broadcasts>& broadcasts_;
};

/// Carries feeds from the ingest loop to the live loop.
class FeedPort final : public ingest::FeedSink {
 public:
  /// `broadcasts` is set before the first feed and taken away after the last, on the live loop.
  FeedPort(glib::EventLoop& live_loop, std::unique_ptr<live::Broadcasts>& broadcasts)
      : live_loop_(live_loop), broadcasts_(broadcasts) {}

  void feed_started(const ingest::FeedInfo& info) override;
  void feed_headers(ingest::FeedId id, SharedBytes headers) override;
  void feed_data(ingest::FeedId id, ingest::FeedChunk chunk) override;
  void feed_ended(ingest::FeedId id, std::string reason) override;

 private:
  template <typename Task>
  void on_live(Task task);

  glib::EventLoop& live_loop_;
  std::unique_ptr<live::Broadcasts>& broadcasts_;
};

}  // namespace estrad::app
