// The body of worker_process.h; the name makes it part of this folder's test program.
#include "worker_process.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include "support/places.h"
#include "support/temporary_folder.h"

namespace estrad::pipeline {
namespace {

glib::Ref<GSubprocess> spawn(GSubprocessLauncher* launcher,
                             const std::vector<std::string>& arguments) {
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) {
    pointers.push_back(argument.c_str());
  }
  pointers.push_back(nullptr);
  GError* error = nullptr;
  auto process = glib::Ref<GSubprocess>::adopt(
      g_subprocess_launcher_spawnv(launcher, pointers.data(), &error));
  if (!process) {
    throw std::runtime_error(glib::take_message(error));
  }
  return process;
}

struct Output {
  Bytes text;
  std::string complaints;
};

/// Runs a program to its end.
Output run(const std::vector<std::string>& arguments) {
  const auto launcher =
      glib::Ref<GSubprocessLauncher>::adopt(g_subprocess_launcher_new(static_cast<GSubprocessFlags>(
          G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE)));
  const auto process = spawn(launcher.get(), arguments);
  GBytes* out = nullptr;
  GBytes* err = nullptr;
  g_subprocess_communicate(process.get(), nullptr, nullptr, &out, &err, nullptr);
  const auto text = glib::Ref<GBytes>::adopt(out);
  const auto complaints = glib::Ref<GBytes>::adopt(err);
  gsize size = 0;
  const auto* data = static_cast<const std::uint8_t*>(g_bytes_get_data(text.get(), &size));
  Output output{Bytes(data, data + size), {}};
  const auto* error_data = static_cast<const char*>(g_bytes_get_data(complaints.get(), &size));
  output.complaints.assign(error_data, size);
  return output;
}

void write_file(const std::filesystem::path& path, const Bytes& bytes) {
  std::ofstream(path, std::ios::binary) << as_text(bytes);
}

}  // namespace

WorkerProcess::WorkerProcess(const std::vector<std::string>& arguments, const std::string& ladder) {
  // A worker that ends early must not end the test.
  std::signal(SIGPIPE, SIG_IGN);
  const auto launcher =
      glib::Ref<GSubprocessLauncher>::adopt(g_subprocess_launcher_new(static_cast<GSubprocessFlags>(
          G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE)));
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) {
    throw std::runtime_error("no pipe");
  }
  g_subprocess_launcher_take_fd(launcher.get(), ends[0], 3);
  control_.reset(ends[1]);
  std::vector<std::string> all = {test::programs_folder() / "pipeline_worker",
                                  test::source_folder() / "pipelines" / (ladder + ".json")};
  all.insert(all.end(), arguments.begin(), arguments.end());
  process_ = spawn(launcher.get(), all);
  reader_ = std::thread([this] { read_records(); });
}

WorkerProcess::~WorkerProcess() {
  if (reader_.joinable()) {
    g_subprocess_force_exit(process_.get());
    reader_.join();
  }
}

void WorkerProcess::read_records() {
  GInputStream* out = g_subprocess_get_stdout_pipe(process_.get());
  RecordDecoder decoder;
  std::vector<std::uint8_t> bytes(1U << 16U);
  for (;;) {
    const gssize count = g_input_stream_read(out, bytes.data(), bytes.size(), nullptr, nullptr);
    const std::lock_guard lock(mutex_);
    if (count <= 0) {
      has_ended_ = true;
      is_torn_ = is_torn_ || decoder.has_rest();
      changed_.notify_all();
      return;
    }
    decoder.push(ByteView(bytes).first(static_cast<std::size_t>(count)));
    auto record = decoder.next();
    for (; record && *record; record = decoder.next()) {
      records_.push_back(std::move(**record));
    }
    is_torn_ = is_torn_ || !record;
    changed_.notify_all();
  }
}

void WorkerProcess::write(ByteView bytes) {
  g_output_stream_write_all(g_subprocess_get_stdin_pipe(process_.get()), bytes.data(), bytes.size(),
                            nullptr, nullptr, nullptr);
}

void WorkerProcess::control(Control word) {
  const std::string line = control_line(word);
  if (::write(control_.get(), line.data(), line.size()) < 0) {
    throw std::runtime_error("the worker does not listen");
  }
}

bool WorkerProcess::wait_for(const std::function<bool(const Record&)>& is_wanted) {
  std::unique_lock lock(mutex_);
  std::size_t seen = 0;
  for (;;) {
    for (; seen < records_.size(); ++seen) {
      if (is_wanted(records_[seen])) {
        return true;
      }
    }
    if (has_ended_) {
      return false;
    }
    changed_.wait(lock);
  }
}

int WorkerProcess::finish() {
  g_output_stream_close(g_subprocess_get_stdin_pipe(process_.get()), nullptr, nullptr);
  reader_.join();
  g_subprocess_wait(process_.get(), nullptr, nullptr);
  const bool is_orderly = g_subprocess_get_if_exited(process_.get()) == TRUE && !is_torn_;
  return is_orderly ? g_subprocess_get_exit_status(process_.get()) : -1;
}

std::vector<const Record*> WorkerProcess::records_of(std::size_t run) const {
  std::vector<const Record*> records;
  std::size_t lists = 0;
  for (const Record& record : records_) {
    lists += std::holds_alternative<TrackList>(record) ? 1 : 0;
    if (lists == run + 1) {
      records.push_back(&record);
    }
  }
  return records;
}

std::size_t WorkerProcess::run_count() const {
  return static_cast<std::size_t>(std::count_if(
      records_.begin(), records_.end(),
      [](const Record& record) { return std::holds_alternative<TrackList>(record); }));
}

std::vector<TrackInfo> WorkerProcess::tracks(std::size_t run) const {
  const auto records = records_of(run);
  return records.empty() ? std::vector<TrackInfo>() : std::get<TrackList>(*records[0]).tracks;
}

std::vector<Part> WorkerProcess::parts(std::size_t track, std::size_t run) const {
  std::vector<Part> parts;
  for (const Record* record : records_of(run)) {
    if (const auto* part = std::get_if<Part>(record); part != nullptr && part->track == track) {
      parts.push_back(*part);
    }
  }
  return parts;
}

std::string WorkerProcess::log() const {
  std::string text;
  for (const Record& record : records_) {
    if (const auto* line = std::get_if<LogLine>(&record)) {
      text += line->message + "\n";
    }
  }
  return text;
}

std::vector<Signal> WorkerProcess::signals() const {
  std::vector<Signal> signals;
  for (const Record& record : records_) {
    if (const auto* signal = std::get_if<Signal>(&record)) {
      signals.push_back(*signal);
    }
  }
  return signals;
}

std::string WorkerProcess::last_error() const {
  const auto* line = records_.empty() ? nullptr : std::get_if<LogLine>(&records_.back());
  return line != nullptr && line->level == log::Level::kError ? line->message : std::string();
}

Bytes WorkerProcess::file(std::size_t track, std::size_t run) const {
  Bytes bytes;
  ByteWriter out(bytes);
  for (const Record* record : records_of(run)) {
    if (const auto* init = std::get_if<InitSegment>(record);
        init != nullptr && init->track == track) {
      out.append(init->bytes);
    } else if (const auto* part = std::get_if<Part>(record);
               part != nullptr && part->track == track) {
      out.append(part->bytes);
    }
  }
  return bytes;
}

Bytes make_flv(const std::string& ffmpeg_arguments) {
  const Output output = run({"/bin/sh", "-c", "ffmpeg -v error " + ffmpeg_arguments + " -f flv -"});
  if (output.text.empty()) {
    throw std::runtime_error("ffmpeg made no feed: " + output.complaints);
  }
  return output.text;
}

Probe probe(const Bytes& file, const std::string& entries) {
  const test::TemporaryFolder folder;
  write_file(folder / "file.mp4", file);
  const Output output =
      run({"ffprobe", "-v", "warning", "-count_frames", "-show_entries", "stream=" + entries, "-of",
           "csv=p=0", (folder / "file.mp4").string()});
  std::string text(as_text(output.text));
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  return {text, output.complaints};
}

std::string picture_sum(const Bytes& file) {
  const test::TemporaryFolder folder;
  write_file(folder / "file", file);
  const Output output = run({"ffmpeg", "-v", "error", "-i", (folder / "file").string(), "-map",
                             "0:v", "-vsync", "passthrough", "-f", "md5", "-"});
  return std::string(as_text(output.text)) + output.complaints;
}

int luma_at(const Bytes& file, const TrackInfo& track, double x, double y) {
  const test::TemporaryFolder folder;
  write_file(folder / "file.mp4", file);
  const Output output = run({"ffmpeg", "-v", "error", "-i", (folder / "file.mp4").string(),
                             "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "-"});
  const auto column = static_cast<std::size_t>(x * (track.width - 1));
  const auto row = static_cast<std::size_t>(y * (track.height - 1));
  return output.text.at(row * track.width + column);
}

double beep_time(const Bytes& file) {
  const test::TemporaryFolder folder;
  write_file(folder / "file.mp4", file);
  const Output output = run({"ffmpeg", "-v", "error", "-i", (folder / "file.mp4").string(), "-f",
                             "u8", "-ac", "1", "-ar", "48000", "-"});
  for (std::size_t i = 0; i < output.text.size(); ++i) {
    if (std::abs(int{output.text[i]} - 128) > 6) {
      return static_cast<double>(i) / 48000;
    }
  }
  return -1;
}

}  // namespace estrad::pipeline
