#include "app/ingest_ports.h"

#include <utility>

namespace estrad::app {

void KeyPort::check(std::string key, Reply<ingest::StageKey> reply) {
  auto known = [this, reply = std::move(reply)](Result<ingest::StageKey> stage) mutable {
    if (!stage) {
      reply(std::move(stage));
      return;
    }
    live_loop_.post(
        [this, stage = std::move(*stage), reply = std::move(reply)] { admit(stage, reply); });
  };
  store_.run<ingest::StageKey>(
      std::move(known), [key = std::move(key)](store::Store& store) -> Result<ingest::StageKey> {
        auto found = store.stages.find_key(key);
        if (!found) {
          return fail(std::move(found).error());
        }
        if (!*found) {
          return fail(not_found("no stage has this key"));
        }
        return ingest::StageKey{(*found)->stage_id, (*found)->is_backup};
      });
}

void KeyPort::admit(const ingest::StageKey& key, const Reply<ingest::StageKey>& reply) {
  auto admitted =
      broadcasts_ ? broadcasts_->admit_feed(key.stage_id) : fail(unavailable("the server stops"));
  if (!admitted) {
    reply(fail(std::move(admitted).error()));
    return;
  }
  reply(key);
}

template <typename Task>
void FeedPort::on_live(Task task) {
  live_loop_.post([this, task = std::move(task)] {
    if (broadcasts_) {
      task(*broadcasts_);
    }
  });
}

void FeedPort::feed_started(const ingest::FeedInfo& info) {
  live::FeedStart start{info.id,       info.stage,     info.is_backup,
                        info.protocol, info.container, info.encoder};
  on_live([start = std::move(start)](live::Broadcasts& live) { live.feed_started(start); });
}

void FeedPort::feed_headers(ingest::FeedId id, SharedBytes headers) {
  on_live([id, headers = std::move(headers)](live::Broadcasts& live) {
    live.feed_headers(id, headers);
  });
}

void FeedPort::feed_data(ingest::FeedId id, ingest::FeedChunk chunk) {
  live::FeedChunk data{std::move(chunk.bytes), chunk.starts_with_keyframe};
  on_live([id, data = std::move(data)](live::Broadcasts& live) { live.feed_data(id, data); });
}

void FeedPort::feed_ended(ingest::FeedId id, std::string reason) {
  on_live(
      [id, reason = std::move(reason)](live::Broadcasts& live) { live.feed_ended(id, reason); });
}

}  // namespace estrad::app
