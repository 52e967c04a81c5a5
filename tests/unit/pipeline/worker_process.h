#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "glib/handle.h"
#include "glib/ref.h"
#include "pipeline/framing.h"

namespace estrad::pipeline {

/// A pipeline worker as a process of its own, as its parent sees it.
class WorkerProcess {
 public:
  /// `arguments` follow the ladder: input, frozen tracks, title. `ladder` is a file of pipelines/.
  explicit WorkerProcess(const std::vector<std::string>& arguments = {},
                         const std::string& ladder = "encoded");
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  void write(ByteView bytes);
  void control(Control word);
  /// Waits until a record of which this is true has come; false when the worker ends before.
  bool wait_for(const std::function<bool(const Record&)>& is_wanted);
  /// Ends the input and waits for the worker to end; gives its exit code, -1 when it crashed or
  /// its records could not be read.
  int finish();

  // after finish
  /// How often a track list came.
  [[nodiscard]] std::size_t run_count() const;
  [[nodiscard]] std::vector<TrackInfo> tracks(std::size_t run = 0) const;
  [[nodiscard]] std::vector<Part> parts(std::size_t track, std::size_t run = 0) const;
  /// All lines for the operator, one below the other.
  [[nodiscard]] std::string log() const;
  [[nodiscard]] std::vector<Signal> signals() const;
  [[nodiscard]] std::string last_error() const;
  /// A track as a file: its init segment and all its parts.
  [[nodiscard]] Bytes file(std::size_t track, std::size_t run = 0) const;

 private:
  void read_records();
  [[nodiscard]] std::vector<const Record*> records_of(std::size_t run) const;

  glib::Ref<GSubprocess> process_;
  glib::Fd control_;
  std::thread reader_;

  // any thread, under the mutex
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Record> records_;
  bool has_ended_ = false;
  bool is_torn_ = false;
};

/// A feed made by ffmpeg, as FLV.
[[nodiscard]] Bytes make_flv(const std::string& ffmpeg_arguments);

/// What ffprobe says of a file: the named entries of its stream, and all complaints.
struct Probe {
  std::string entries;
  std::string complaints;
};
[[nodiscard]] Probe probe(const Bytes& file, const std::string& entries);

/// A checksum of all decoded pictures of a file (of any container), one line.
[[nodiscard]] std::string picture_sum(const Bytes& file);

/// The luma of the first frame of a file at a place given as fractions of width and height.
[[nodiscard]] int luma_at(const Bytes& file, const TrackInfo& track, double x, double y);

/// When the sound of a file first rises above silence, in seconds.
[[nodiscard]] double beep_time(const Bytes& file);

}  // namespace estrad::pipeline
