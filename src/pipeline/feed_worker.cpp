#include "pipeline/feed_worker.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <utility>

#include <gst/video/video.h>
#include <poll.h>
#include <unistd.h>

namespace estrad::pipeline {
namespace {

constexpr milliseconds kSignalInterval{1000};
/// While the decoder is full, or the rest is being flushed, the state is looked at this often.
constexpr milliseconds kShortWait{10};
/// Input waits, nothing comes out: something hangs, and a new worker is the cure.
constexpr milliseconds kLongestStandstill{8000};
constexpr std::size_t kReadBytes = 256 * 1024;
/// Decoded sound that waits for the first picture: ten seconds.
constexpr std::size_t kEarlySoundKept = 512;
constexpr std::uint32_t kLargestSide = 4096;

/// The nominal frame rate: the stream's own, else the metadata's, else the commonest.
double nominal_frame_rate(const GstVideoInfo& info, double claimed) {
  const double own = info.fps_d > 0 ? static_cast<double>(info.fps_n) / info.fps_d : 0;
  for (const double rate : {own, claimed}) {
    if (rate >= 5 && rate <= 120) {
      return rate;
    }
  }
  return 30;
}

/// The picture as it is meant to be seen.
PictureSize display_size(const GstVideoInfo& info) {
  const double width = static_cast<double>(info.width) * info.par_n / std::max(1, info.par_d);
  return {static_cast<std::uint32_t>(std::lround(width)), static_cast<std::uint32_t>(info.height)};
}

std::optional<double> decibels(double value) {
  // Below 16 bits' floor there is nothing to hear.
  constexpr double kFloor = -96;
  return value > 0 ? std::max(kFloor, 20 * std::log10(value)) : kFloor;
}

}  // namespace

FeedWorker::FeedWorker(const WorkerOptions& options, Ladder ladder,
                       std::optional<FrozenTracks> frozen, const Clock& clock, RecordOutput& output)
    : options_(options),
      ladder_(std::move(ladder)),
      frozen_(std::move(frozen)),
      clock_(clock),
      output_(output),
      control_(options.control_fd),
      meter_(clock.steady()),
      next_heartbeat_(clock.steady()),
      next_signal_(clock.steady() + kSignalInterval),
      last_progress_(clock.steady()) {
  decoder_ = std::make_unique<FeedDecoder>(
      clock,
      FeedDecoder::Callbacks{
          [this](GstSample* sample, bool is_new_format, MediaTime time, WallTime arrived) {
            handle_picture(sample, is_new_format, time, arrived);
          },
          [this](std::span<const float> samples, MediaTime time) { handle_sound(samples, time); },
          [this](MediaTime time) {
            if (Encoding* encoding = encoding_ready_) {
              encoding->video().hold_until(time, clock_.wall());
            }
          }});
}

FeedWorker::~FeedWorker() {
  // The encoders first: a decoder's thread may wait for room in them.
  if (encoding_) {
    encoding_->stop();
  }
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
      const std::lock_guard lock(failure_mutex_);
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
      if (Encoding* encoding = encoding_ready_) {
        encoding->video().cut();
      }
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
  Encoding* encoding = encoding_ready_;
  {
    const std::lock_guard lock(failure_mutex_);
    if (failure_) {
      return fail(*failure_);
    }
  }
  for (auto error : {decoder_->take_error(), encoding ? encoding->take_error() : std::nullopt}) {
    if (error) {
      return fail(std::move(*error));
    }
  }
  if (auto warning = decoder_->take_warning()) {
    meter_.warn(*warning);
  }
  if (phase_ == Phase::kDecoding && decoder_->is_finished()) {
    if (encoding == nullptr || !encoding->finish()) {
      return fail(media_error("the feed has no picture"));
    }
    phase_ = Phase::kEncoding;
  }
  if (phase_ == Phase::kEncoding && encoding->is_finished()) {
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
  signal.width = width_;
  signal.height = height_;
  if (Encoding* encoding = encoding_ready_) {
    const AudioLine::Level level = encoding->audio().take_level();
    signal.audio_peak_db = decibels(level.peak);
    signal.audio_level_db = decibels(level.rms);
    if (encoding->audio().is_silent()) {
      signal.warnings.emplace_back("The feed has no sound.");
    }
  }
  output_.write(signal);
}

void FeedWorker::handle_picture(GstSample* sample, bool is_new_format, MediaTime time,
                                WallTime arrived) {
  if (!encoding_ready_ && !start_encoding(gst_sample_get_caps(sample))) {
    return;
  }
  if (is_new_format) {
    encoding_->set_picture(glib::Ref<GstCaps>::retain(gst_sample_get_caps(sample)));
  }
  encoding_->video().push(glib::Ref<GstBuffer>::retain(gst_sample_get_buffer(sample)), time,
                          arrived);
  encoding_->audio().follow_picture(time, decoder_->newest_sound());
}

void FeedWorker::handle_sound(std::span<const float> samples, MediaTime time) {
  const std::lock_guard lock(sound_mutex_);
  if (Encoding* encoding = encoding_ready_) {
    encoding->audio().push(samples, time);
    return;
  }
  early_sound_.emplace_back(std::vector<float>(samples.begin(), samples.end()), time);
  if (early_sound_.size() > kEarlySoundKept) {
    early_sound_.pop_front();
  }
}

void FeedWorker::open_encoding() {
  const std::lock_guard lock(sound_mutex_);
  for (const auto& [samples, time] : std::exchange(early_sound_, {})) {
    encoding_->audio().push(samples, time);
  }
  encoding_ready_ = encoding_.get();
}

bool FeedWorker::start_encoding(const GstCaps* caps) {
  GstVideoInfo info;
  const std::lock_guard lock(failure_mutex_);
  if (failure_) {
    return false;
  }
  if (gst_video_info_from_caps(&info, caps) == FALSE) {
    failure_ = media_error("a picture in an unknown format");
    return false;
  }
  const PictureSize size = display_size(info);
  if (size.width < 16 || size.height < 16 || size.width > kLargestSide ||
      size.height > kLargestSide) {
    failure_ = media_error("a picture of " + std::to_string(size.width) + "x" +
                           std::to_string(size.height) + "; it may be 16 to 4096 on each side");
    return false;
  }
  width_ = size.width;
  height_ = size.height;
  auto encoding = Encoding::create(
      encoding_options(size, nominal_frame_rate(info, decoder_->claimed_frame_rate())), output_);
  if (!encoding) {
    failure_ = std::move(encoding).error();
    return false;
  }
  encoding_ = std::move(*encoding);
  open_encoding();
  return true;
}

Encoding::Options FeedWorker::encoding_options(PictureSize source, double frame_rate) const {
  Encoding::Options options;
  options.ladder = ladder_;
  options.frame_rate = frame_rate;
  options.segment = options_.segment;
  options.part = options_.part;
  options.audio_bitrate = ladder_.audio_bitrate;
  if (!frozen_) {
    options.rungs = choose_rungs(ladder_, source);
    return options;
  }
  options.rungs = frozen_->video;
  options.audio_name = frozen_->audio_name;
  options.language = frozen_->language;
  if (frozen_->audio_bitrate > 0) {
    options.audio_bitrate = frozen_->audio_bitrate;
  }
  return options;
}

}  // namespace estrad::pipeline
