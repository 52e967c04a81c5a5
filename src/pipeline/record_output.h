#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/framing.h"

namespace estrad::pipeline {

/// The worker's standard output. The track list of a run goes out when every track is known, then
/// all init segments; parts that are ready before wait for it. Writing blocks while the parent does
/// not read. Any thread.
class RecordOutput {
 public:
  explicit RecordOutput(int fd) : fd_(fd) {}

  /// A run of so many tracks begins; the one before has given all its parts.
  void begin_run(std::size_t tracks);
  /// What a track turned out to be. Once for each track of a run.
  void set_track(std::uint8_t track, TrackInfo info, Bytes init_segment);
  void write(Part part);
  void write(const Signal& signal) { write_record(signal); }
  void write(const Heartbeat& heartbeat) { write_record(heartbeat); }
  void log(log::Level level, std::string_view message);

  /// Parts given so far, on all tracks: it grows while the encoders work.
  [[nodiscard]] std::uint64_t part_count() const { return part_count_; }
  /// True when the parent has gone: nothing more can be written.
  [[nodiscard]] bool is_broken() const { return is_broken_; }

 private:
  void announce_tracks();
  void write_record(const Record& record);
  void write_bytes(ByteView bytes);

  const int fd_;  // set once

  // any thread
  std::atomic<std::uint64_t> part_count_ = 0;
  std::atomic<bool> is_broken_ = false;

  // any thread, under the mutex
  std::mutex mutex_;
  std::vector<std::optional<TrackInfo>> tracks_;
  std::vector<Bytes> init_segments_;
  std::vector<Part> waiting_;
  bool is_announced_ = false;
};

}  // namespace estrad::pipeline
