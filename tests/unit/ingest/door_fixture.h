#pragma once

#include <future>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "glib/event_loop.h"
#include "ingest/rtmp_door.h"
#include "unit/ingest/recording_sink.h"

namespace estrad::test {

/// Knows the keys "key" and "backup" of stage "main"; "broken" cannot be checked, and for "crowded"
/// there is no room.
class KnownKeys final : public ingest::KeyCheck {
 public:
  void check(std::string key, Reply<ingest::StageKey> reply) override {
    if (key == "key" || key == "backup") {
      reply(ingest::StageKey{"main", key == "backup"});
    } else if (key == "crowded") {
      reply(fail(conflict("This server is full.")));
    } else if (key == "broken") {
      reply(fail(unavailable("no database")));
    } else {
      reply(fail(not_found("no such key")));
    }
  }
};

/// A door on a port of its own, on the loopback.
class DoorFixture : public testing::Test {
 protected:
  ~DoorFixture() override {
    door_.reset();
    loop_.stop();
  }

  void open(ingest::RtmpOptions options = {}) {
    options.host = options.host == "0.0.0.0" ? "127.0.0.1" : options.host;
    options.port = 0;
    auto door = ingest::RtmpDoor::create(loop_, clock_, std::move(options), keys_, sink_);
    ASSERT_TRUE(door) << door.error().message;
    door_ = *std::move(door);
  }
  [[nodiscard]] std::uint16_t port() const { return door_->port(); }
  [[nodiscard]] std::string url(const std::string& key) const {
    return "rtmp://127.0.0.1:" + std::to_string(port()) + "/live/" + key;
  }

  SystemClock clock_;
  KnownKeys keys_;
  RecordingSink sink_;
  glib::EventLoop loop_{"ingest"};
  std::unique_ptr<ingest::RtmpDoor> door_;
};

}  // namespace estrad::test
