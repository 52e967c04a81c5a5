#include "pipeline/feed_worker.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <utility>

#include <poll.h>
#include <unistd.h>

#include "base/slowdown.h"

namespace estrad::pipeline {
namespace {

constexpr milliseconds kSignalInterval{1000};
/// While the decoder is full, or the rest is being flushed, the state is looked at this often.
constexpr milliseconds kShortWait{10};
/// Input waits, nothing comes out: something hangs, and a new worker is the cure.
constexpr milliseconds kLongestStandstill = kSlowdown * milliseconds(8'000);
constexpr std::size_t kReadBytes = 256 * 1024;

std::optional<double> decibels(double value) {
  // Below 16 bits' floor there is nothing to hear.
  constexpr double kFloor = -96;
  return value > 0 ? std::max(kFloor, 20 * std::log10(value)) : kFloor;
}

}  // namespace

FeedWorker::FeedWorker(const WorkerOptions& options, Ladder ladder,
                       std::optional<FrozenTracks> frozen, const Clock& clock, RecordOutput& output)
    : options_(options),
      clock_(clock),
      output_(output),
      control_(options.control_fd),
      meter_(clock.steady()),
      next_heartbeat_(clock.steady()),
      next_signal_(clock.steady() + kSignalInterval),
      last_progress_(clock.steady()),
      encoder_(options, std::move(ladder), std::move(frozen), clock, output) {
  decoder_ = std::make_unique<FeedDecoder>(
      clock, FeedDecoder::Callbacks{
                 [this](ByteView configuration) { encoder_.take_configuration(configuration); },
                 [this](AccessUnit unit) { encoder_.take_unit(std::move(unit)); },
                 [this](GstSample* sample, bool is_new_format, MediaTime time, WallTime arrived) {
                   handle_picture(sample, is_new_format, time, arrived);
                 },
                 [this](std::span<const float> samples, MediaTime time) {
                   encoder_.push_sound(samples, time);
                 },
                 [this](MediaTime time) { encoder_.hold_until(time); }});
}

FeedWorker::~FeedWorker() {
  // The encoders first: a decoder's thread may wait for room in them.
  encoder_.stop();
  decoder_->stop();
}

Status FeedWorker::run() {
  while (phase_ != Phase::kDone) {
    if (auto done = step(); !done) {
      return done;
    }
  }
  return {};
}

Status FeedWorker::step() {
  report();
  wait_for_input();
  if (output_.is_broken()) {
    phase_ = Phase::kDone;
    return {};
  }
  return advance().and_then([this] { return check_progress(); });
}

void FeedWorker::wait_for_input() {
  const bool is_reading = phase_ == Phase::kReading && !decoder_->is_full();
  const auto until_report = std::chrono::ceil<milliseconds>(next_heartbeat_ - clock_.steady());
  const milliseconds timeout = std::clamp(
      is_reading ? until_report : std::min(until_report, kShortWait), milliseconds(0), kHeartbeat);
  std::array<pollfd, 2> watched{pollfd{is_reading ? options_.input_fd : -1, POLLIN, 0},
                                pollfd{control_.fd(), POLLIN, 0}};
  if (poll(watched.data(), watched.size(), static_cast<int>(timeout.count())) <= 0) {
    return;
  }
  if (watched[1].revents != 0) {
    control_.read([this](Control word) { obey(word); });
  }
  if (watched[0].revents != 0 && phase_ == Phase::kReading) {
    if (auto read = read_input(); !read) {
      failure_ = std::move(read).error();
    }
  }
}

Status FeedWorker::read_input() {
  Bytes bytes(kReadBytes);
  const ssize_t count = ::read(options_.input_fd, bytes.data(), bytes.size());
  if (count < 0) {
    if (errno == EINTR || errno == EAGAIN) {
      return {};
    }
    return fail(unavailable_errno("read the feed", errno));
  }
  if (count == 0) {
    end_input();
    return {};
  }
  bytes.resize(static_cast<std::size_t>(count));
  input_bytes_ += bytes.size();
  meter_.count_bytes(bytes.size());
  reader_.push(bytes);
  return take_tags();
}

Status FeedWorker::take_tags() {
  for (;;) {
    auto item = reader_.next();
    if (!item) {
      return fail(std::move(item).error());
    }
    if (!*item) {
      return {};
    }
    meter_.see(**item);
    if (auto taken = decoder_->take(std::move(**item)); !taken) {
      return taken;
    }
  }
}

void FeedWorker::obey(Control word) {
  switch (word) {
    case Control::kCut:
      encoder_.cut();
      return;
    case Control::kStop:
      end_input();
      return;
  }
}

void FeedWorker::end_input() {
  if (phase_ == Phase::kReading) {
    phase_ = Phase::kDecoding;
    decoder_->end();
  }
}

Status FeedWorker::advance() {
  for (auto error : {failure_, decoder_->take_error(), encoder_.take_error()}) {
    if (error) {
      return fail(std::move(*error));
    }
  }
  if (auto warning = decoder_->take_warning()) {
    meter_.warn(*warning);
  }
  if (phase_ == Phase::kDecoding && decoder_->is_finished()) {
    if (!encoder_.finish()) {
      return fail(media_error("the feed has no picture"));
    }
    phase_ = Phase::kEncoding;
  }
  if (phase_ == Phase::kEncoding && encoder_.is_finished()) {
    phase_ = Phase::kDone;
  }
  return {};
}

Status FeedWorker::check_progress() {
  const SteadyTime now = clock_.steady();
  const std::uint64_t parts = output_.part_count();
  const bool is_idle = phase_ == Phase::kReading && !decoder_->is_full();
  if (parts != parts_seen_ || is_idle) {
    parts_seen_ = parts;
    last_progress_ = now;
  } else if (now - last_progress_ > kLongestStandstill) {
    return fail(internal_error("the encoders stand still"));
  }
  return {};
}

void FeedWorker::report() {
  const SteadyTime now = clock_.steady();
  if (now >= next_heartbeat_) {
    output_.write(Heartbeat{input_bytes_});
    next_heartbeat_ = now + kHeartbeat;
  }
  if (now < next_signal_) {
    return;
  }
  next_signal_ = now + kSignalInterval;
  Signal signal = meter_.take(now);
  signal.width = encoder_.picture_size().width;
  signal.height = encoder_.picture_size().height;
  if (AudioLine* audio = encoder_.audio()) {
    const AudioLine::Level level = audio->take_level();
    signal.audio_peak_db = decibels(level.peak);
    signal.audio_level_db = decibels(level.rms);
    if (audio->is_silent()) {
      signal.warnings.emplace_back("The feed has no sound.");
    }
  }
  output_.write(signal);
}

void FeedWorker::handle_picture(GstSample* sample, bool is_new_format, MediaTime time,
                                WallTime arrived) {
  encoder_.push_picture({sample, is_new_format, time, arrived, decoder_->claimed_frame_rate(),
                         decoder_->newest_sound()});
}

}  // namespace estrad::pipeline
