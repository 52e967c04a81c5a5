#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "glib/event_loop.h"
#include "live/feed_source.h"
#include "live/ports.h"
#include "live/take.h"
#include "live/worker.h"
#include "support/manual_clock.h"
#include "support/on_loop.h"

namespace estrad::live::test {

using estrad::test::ManualClock;
using estrad::test::on_loop;

// --- Media made of nothing ----------------------------------------------------------------------

inline Bytes box(std::string_view type, const Bytes& content) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u32(static_cast<std::uint32_t>(content.size() + 8));
  writer.append(type);
  writer.append(content);
  return bytes;
}

inline Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

inline Bytes numbers(std::initializer_list<std::uint32_t> values) {
  Bytes bytes;
  ByteWriter writer(bytes);
  for (const std::uint32_t value : values) {
    writer.u32(value);
  }
  return bytes;
}

/// An init segment whose bytes tell who made it.
inline Bytes make_init(std::string_view maker) {
  return box("ftyp", Bytes(as_bytes("cmfc").begin(), as_bytes("cmfc").end())) +
         box("moov", box("free", Bytes(as_bytes(maker).begin(), as_bytes(maker).end())));
}

/// A fragment of `samples` equally long samples.
inline Bytes make_fragment(std::uint32_t samples, std::uint32_t duration) {
  const Bytes tfhd = box("tfhd", numbers({0x020008, 1, duration / samples}));
  const Bytes tfdt = box("tfdt", numbers({0x01000000, 0, 0}));
  const Bytes trun = box("trun", numbers({0x000001, samples, 0}));
  return box("moof", box("mfhd", numbers({0, 1})) + box("traf", tfhd + tfdt + trun)) +
         box("mdat", Bytes(16, 7));
}

inline std::vector<pipeline::TrackInfo> feed_tracks() {
  pipeline::TrackInfo video;
  video.name = "v720";
  video.codecs = "avc1.64001f";
  video.timescale = 90'000;
  video.bitrate = 2'800'000;
  video.width = 1280;
  video.height = 720;
  video.frame_rate = 30;
  pipeline::TrackInfo small = video;
  small.name = "v360";
  small.width = 640;
  small.height = 360;
  small.bitrate = 700'000;
  pipeline::TrackInfo audio;
  audio.name = "a0";
  audio.kind = pipeline::TrackKind::kAudio;
  audio.codecs = "mp4a.40.2";
  audio.timescale = 48'000;
  audio.bitrate = 128'000;
  audio.sample_rate = 48'000;
  audio.channels = 2;
  return {video, small, audio};
}

// --- A worker that does what the test says
// --------------------------------------------------------

/// Records as a feed's worker gives them: half-second parts, four to a segment, on all tracks.
class ScriptedWorker final : public Worker {
 public:
  struct Script {
    WorkerOrder order;
    WorkerEvents events;
    Bytes input;
    int cuts = 0;
    bool is_finished = false;
    bool is_full = false;
    std::chrono::nanoseconds processor_time{0};
  };
  explicit ScriptedWorker(std::shared_ptr<Script> script) : script_(std::move(script)) {}
  ~ScriptedWorker() override { script_->events = {}; }
  bool write(SharedBytes bytes) override {
    script_->input.insert(script_->input.end(), bytes->begin(), bytes->end());
    return !script_->is_full;
  }
  void cut() override { ++script_->cuts; }
  [[nodiscard]] std::chrono::nanoseconds processor_time() const override {
    return script_->processor_time;
  }
  void finish() override { script_->is_finished = true; }

 private:
  std::shared_ptr<Script> script_;
};

class ScriptedWorkers final : public WorkerStarter {
 public:
  explicit ScriptedWorkers(glib::EventLoop& loop) : loop_(loop) {}

  Result<std::unique_ptr<Worker>> start(const WorkerOrder& order, WorkerEvents events) override {
    auto script = std::make_shared<ScriptedWorker::Script>();
    script->order = order;
    script->events = std::move(events);
    if (order.input == WorkerOrder::Input::kSlate) {
      ++slates;
      loop_.post([script] { give_slate(*script); });
    } else {
      feeds.push_back(script);
    }
    return std::make_unique<ScriptedWorker>(script);
  }

  std::vector<std::shared_ptr<ScriptedWorker::Script>> feeds;
  int slates = 0;

 private:
  static void give_slate(ScriptedWorker::Script& script) {
    const auto record = script.events.record;
    if (!record) {
      return;
    }
    const auto tracks = feed_tracks();
    record(pipeline::TrackList{tracks});
    for (std::uint8_t i = 0; i < tracks.size(); ++i) {
      record(pipeline::InitSegment{i, make_init("slate " + tracks[i].name)});
      const bool is_video = tracks[i].kind == pipeline::TrackKind::kVideo;
      const std::uint16_t count = is_video ? 4 : 24;
      for (std::uint16_t n = 0; n < count; ++n) {
        pipeline::Part part;
        part.track = i;
        part.part = n;
        part.is_independent = !is_video || n == 0;
        part.duration = is_video ? 45'000 : 1024U * (n + 1U);
        part.bytes = make_fragment(is_video ? 15 : n + 1U, part.duration);
        record(part);
      }
    }
    const auto exited = script.events.exited;
    exited({});
  }

  glib::EventLoop& loop_;
};

/// Gives a scripted worker's records part by part.
class FeedScript {
 public:
  explicit FeedScript(std::shared_ptr<ScriptedWorker::Script> script)
      : script_(std::move(script)) {}

  void begin() {
    const auto tracks = feed_tracks();
    give(pipeline::TrackList{tracks});
    for (std::uint8_t i = 0; i < tracks.size(); ++i) {
      give(pipeline::InitSegment{i, make_init("feed " + tracks[i].name)});
    }
  }
  /// The next half second on one track.
  void part(std::uint8_t track, WallTime arrived) {
    Lane& lane = lanes_[track];
    pipeline::Part part;
    part.track = track;
    part.segment = lane.segment;
    part.part = lane.part;
    part.is_independent = track == 2 || lane.part == 0;
    part.is_last = lane.part == 3;
    part.decode_time = lane.time;
    const std::uint64_t end = (lane.segment * 4ULL + lane.part + 1) * 24'000 / 1024 * 1024;
    part.duration = track == 2 ? static_cast<std::uint32_t>(end - lane.time) : 45'000;
    part.arrived = arrived;
    part.bytes = make_fragment(track == 2 ? part.duration / 1024 : 15, part.duration);
    lane.time += part.duration;
    lane.part = part.is_last ? 0 : static_cast<std::uint16_t>(lane.part + 1);
    lane.segment += part.is_last ? 1 : 0;
    give(std::move(part));
  }
  void half_second(WallTime arrived) {
    for (std::uint8_t track = 0; track < 3; ++track) {
      part(track, arrived);
    }
  }
  void give(pipeline::Record record) {
    if (const auto receiver = script_->events.record) {
      receiver(std::move(record));
    }
  }
  void exit(WorkerExit::Cause cause) {
    if (const auto receiver = script_->events.exited) {
      receiver({cause, "as the test says"});
    }
  }
  [[nodiscard]] ScriptedWorker::Script& script() { return *script_; }

 private:
  struct Lane {
    std::uint32_t segment = 0;
    std::uint16_t part = 0;
    std::uint64_t time = 0;
  };
  std::shared_ptr<ScriptedWorker::Script> script_;
  std::map<std::uint8_t, Lane> lanes_;
};

// --- Ports in memory
// ------------------------------------------------------------------------------

class MemoryRecording final : public Recording {
 public:
  void create_take(TakeAddress take, NewTake made, Reply<void> reply) override {
    takes[take.folder].tracks = std::move(made.tracks);
    takes[take.folder].timing = made.timing;
    reply(outcome);
  }
  void resume_take(TakeAddress take, Reply<ResumedTake> reply) override {
    const auto found = takes.find(take.folder);
    if (found == takes.end()) {
      reply(fail(not_found("no such take")));
      return;
    }
    Written& written = found->second;
    ++written.run;
    ResumedTake resumed;
    resumed.tracks = written.tracks;
    resumed.timing = written.timing;
    resumed.state.run = written.run;
    resumed.state.tracks.resize(written.tracks.size());
    for (const hls::PlacedPart& placed : written.parts) {
      resumed.state.next_msn = std::max(resumed.state.next_msn, placed.part->msn + 1);
      resumed.state.tracks[placed.track].end_time = placed.part->end_time();
      resumed.state.tracks[placed.track].init = placed.part->init;
      resumed.state.discontinuity_sequence = placed.part->discontinuity_sequence;
    }
    reply(std::move(resumed));
  }
  void append_init(TakeAddress take, std::size_t track, std::uint32_t number, SharedBytes bytes,
                   Reply<void> reply) override {
    takes[take.folder].inits[{track, number}] = std::move(bytes);
    reply(outcome);
  }
  void append_part(TakeAddress take, hls::PlacedPart part, Reply<void> reply) override {
    if (outcome) {
      takes[take.folder].parts.push_back(std::move(part));
    }
    if (is_stuck) {
      stuck.push_back(std::move(reply));
      return;
    }
    reply(outcome);
  }
  void close_take(TakeAddress take, Reply<void> reply) override {
    ++takes[take.folder].closed;
    reply(outcome);
  }

  struct Written {
    std::vector<hls::Track> tracks;
    hls::PlaylistTiming timing;
    std::map<std::pair<std::size_t, std::uint32_t>, SharedBytes> inits;
    std::vector<hls::PlacedPart> parts;
    std::uint32_t run = 1;
    int closed = 0;

    [[nodiscard]] std::vector<hls::PartPtr> of(std::size_t track) const {
      std::vector<hls::PartPtr> found;
      for (const hls::PlacedPart& placed : parts) {
        if (placed.track == track) {
          found.push_back(placed.part);
        }
      }
      return found;
    }
  };
  std::map<std::string, Written> takes;
  Status outcome;
  bool is_stuck = false;
  std::vector<Reply<void>> stuck;
};

class MemoryPublisher final : public Publisher {
 public:
  void publish_event(std::shared_ptr<const EventView> event) override {
    const std::string id = event->event.id;
    events[id] = std::move(event);
  }
  void remove_event(std::string event_id) override { events.erase(event_id); }
  void publish_channel(std::string channel, hls::ChannelSnapshotPtr snapshot) override {
    channels[channel] = std::move(snapshot);
  }
  void publish_track(std::string channel, std::string track,
                     hls::TrackSnapshotPtr snapshot) override {
    EXPECT_TRUE(channels.contains(channel)) << "a track before its channel";
    tracks[channel + "/" + track] = std::move(snapshot);
  }
  void close_channel(std::string channel) override {
    channels.erase(channel);
    closed.push_back(std::move(channel));
  }
  void publish_log(std::shared_ptr<const LogView> log) override {
    const std::string id = log->event_id;
    logs[id] = std::move(log);
  }
  void publish_console(std::string topic, std::string json) override {
    console.emplace_back(std::move(topic), std::move(json));
  }
  [[nodiscard]] std::string playlist(const std::string& name) const {
    const auto found = tracks.find(name);
    return found == tracks.end() ? std::string()
                                 : std::string(as_text(*found->second->playlist().plain));
  }
  [[nodiscard]] bool console_says(const std::string& text) const {
    for (const auto& [topic, json] : console) {
      if (json.find(text) != std::string::npos) {
        return true;
      }
    }
    return false;
  }

  std::map<std::string, std::shared_ptr<const EventView>> events;
  std::map<std::string, std::shared_ptr<const LogView>> logs;
  std::map<std::string, hls::ChannelSnapshotPtr> channels;
  std::map<std::string, hls::TrackSnapshotPtr> tracks;
  std::vector<std::string> closed;
  std::vector<std::pair<std::string, std::string>> console;
};

class MemoryStore final : public EventStore {
 public:
  void save_event(webcast::Event event, Reply<void> reply) override {
    if (outcome) {
      events[event.id] = std::move(event);
    }
    reply(outcome);
  }
  void delete_event(std::string event_id, Reply<void> reply) override {
    events.erase(event_id);
    reply({});
  }
  void load_room(std::string event_id, Reply<StoredRoom> reply) override { reply(rooms[event_id]); }
  void save_room(RoomChange change, Reply<void> reply) override {
    if (outcome) {
      changes.push_back(std::move(change));
    }
    reply(outcome);
  }

  std::map<std::string, webcast::Event> events;
  std::map<std::string, StoredRoom> rooms;
  std::vector<RoomChange> changes;
  Status outcome;
};

/// Lets everything that has been posted, and what that posts in turn, run.
inline void settle(glib::EventLoop& loop) {
  for (int i = 0; i < 12; ++i) {
    on_loop(loop, [] { return 0; });
  }
}

}  // namespace estrad::live::test
