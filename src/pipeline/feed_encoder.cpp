#include "pipeline/feed_encoder.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <gst/video/video.h>
#include <spdlog/fmt/fmt.h>

namespace estrad::pipeline {
namespace {

constexpr std::uint32_t kLargestSide = 4096;
/// Decoded sound that waits for the first picture: ten seconds.
constexpr std::size_t kEarlySoundKept = 512;
/// Decoded sound that another run may need: three seconds.
constexpr std::size_t kLateSoundKept = 160;
/// Decode and presentation times are rounded to milliseconds, each for itself.
constexpr MediaTime kRounding = std::chrono::milliseconds(4);
/// A run that begins no longer before its first picture than this does not need another one.
constexpr MediaTime kShortGap = std::chrono::milliseconds(50);

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

PassthroughRules::Limits limits(const WorkerOptions& options) {
  PassthroughRules::Limits limits;
  limits.segment = options.segment;
  limits.longest_segment =
      std::chrono::ceil<std::chrono::seconds>(options.segment) + milliseconds(450);
  limits.part_target = part_target(options.part);
  return limits;
}

/// Why a picture of this format cannot go out as it is; empty when it can.
std::string unfit(const GstVideoInfo& info, const Rung& rung, double frame_rate) {
  if (GST_VIDEO_INFO_FORMAT(&info) != GST_VIDEO_FORMAT_I420) {
    return "its colours are not 8 bit 4:2:0";
  }
  if (GST_VIDEO_INFO_INTERLACE_MODE(&info) != GST_VIDEO_INTERLACE_MODE_PROGRESSIVE) {
    return "it is interlaced";
  }
  if (info.par_n != info.par_d) {
    return "its pixels are not square";
  }
  if (static_cast<std::uint32_t>(info.width) != rung.width ||
      static_cast<std::uint32_t>(info.height) != rung.height) {
    return fmt::format("it is {}x{}, not {}x{}", info.width, info.height, rung.width, rung.height);
  }
  if (frame_rate < 12 || frame_rate > 61) {
    return fmt::format("it has {:.0f} pictures a second", frame_rate);
  }
  return {};
}

/// The same of its H.264.
std::string unfit(const AvcConfiguration& avc) {
  constexpr std::array<std::uint8_t, 3> kProfiles{66, 77, 100};
  constexpr std::uint8_t kHighestLevel = 52;
  if (std::find(kProfiles.begin(), kProfiles.end(), avc.profile) == kProfiles.end()) {
    return fmt::format("its H.264 profile is {}", avc.profile);
  }
  return avc.level > kHighestLevel ? fmt::format("its H.264 level is {:.1f}", avc.level / 10.0)
                                   : std::string();
}

}  // namespace

FeedEncoder::FeedEncoder(const WorkerOptions& options, Ladder ladder,
                         std::optional<FrozenTracks> frozen, const Clock& clock,
                         RecordOutput& output)
    : options_(options),
      ladder_(std::move(ladder)),
      frozen_(std::move(frozen)),
      clock_(clock),
      output_(output),
      passed_(std::make_shared<PassedLine>(limits(options))) {}

void FeedEncoder::push_picture(const Picture& picture) {
  const std::lock_guard lock(picture_mutex_);
  const bool is_first = !encoding_;
  Status done = is_first ? start(picture) : Status();
  if (is_passing_ && !is_first) {
    if (picture.is_new_format) {
      passed_->end(picture.time, "the picture's format has changed");
    }
    const auto end = passed_->ended();
    if (end && picture.time + kRounding >= end->time) {
      done = leave_passthrough({std::min(end->time, picture.time), end->reason});
      if (done && picture.time - origin_ > kShortGap) {
        repeat_last_picture(picture.arrived);
      }
    }
  }
  if (!done) {
    give_up(std::move(done).error());
  }
  if (!ready_) {
    return;
  }
  if (picture.is_new_format) {
    encoding_->set_picture(glib::Ref<GstCaps>::retain(gst_sample_get_caps(picture.sample)));
  }
  encoding_->video().push(glib::Ref<GstBuffer>::retain(gst_sample_get_buffer(picture.sample)),
                          picture.time - origin_, picture.arrived);
  encoding_->audio().follow_picture(picture.time - origin_, picture.newest_sound - origin_);
  last_picture_ = is_passing_ ? glib::Ref<GstSample>::retain(picture.sample) : nullptr;
}

Status FeedEncoder::start(const Picture& picture) {
  GstVideoInfo info;
  GstCaps* caps = gst_sample_get_caps(picture.sample);
  if (const std::lock_guard lock(failure_mutex_); failure_) {
    return fail(*failure_);
  }
  if (gst_video_info_from_caps(&info, caps) == FALSE) {
    return fail(media_error("a picture in an unknown format"));
  }
  const PictureSize size = display_size(info);
  if (size.width < 16 || size.height < 16 || size.width > kLargestSide ||
      size.height > kLargestSide) {
    return fail(media_error("a picture of " + std::to_string(size.width) + "x" +
                            std::to_string(size.height) + "; it may be 16 to 4096 on each side"));
  }
  width_ = size.width;
  height_ = size.height;
  encoding_options_ = encoding_options(size, nominal_frame_rate(info, picture.claimed_frame_rate));
  return start_run(is_passable(caps, encoding_options_), MediaTime(0));
}

bool FeedEncoder::is_passable(const GstCaps* caps, const Encoding::Options& options) {
  const Rung& rung = options.rungs.front();
  const std::uint32_t cap = passthrough_cap(ladder_, rung);
  const auto avc = passed_->parsed_configuration();
  if (cap == 0 || !avc) {
    return false;
  }
  GstVideoInfo info;
  gst_video_info_from_caps(&info, caps);
  std::string reason = unfit(info, rung, options.frame_rate);
  reason = reason.empty() ? unfit(*avc) : reason;
  if (const auto end = passed_->ended(); end && reason.empty()) {
    reason = end->reason;
  }
  output_.log(log::Level::kInfo,
              reason.empty() ? fmt::format("{}: the source is passed through", rung.name)
                             : fmt::format("{}: the source is encoded: {}", rung.name, reason));
  passed_->limit_bitrate(cap);
  return reason.empty();
}

Status FeedEncoder::start_run(bool is_passed, MediaTime origin) {
  if (is_stopped_) {
    return fail(unavailable("stopped"));
  }
  if (!is_passed) {
    passed_->close();
  }
  encoding_options_.passed = is_passed ? passed_ : nullptr;
  output_.begin_run(encoding_options_.rungs.size() + 1);
  auto encoding = Encoding::create(encoding_options_, output_);
  if (!encoding) {
    return fail(std::move(encoding).error());
  }
  is_passing_ = is_passed;
  const std::lock_guard lock(sound_mutex_);
  origin_ = origin;
  ended_ = std::exchange(encoding_, std::move(*encoding));
  ready_ = encoding_.get();
  keeps_sound_ = is_passed;
  for (const auto& [samples, time] : kept_sound_) {
    encoding_->audio().push(samples, time - origin);
  }
  if (!keeps_sound_) {
    kept_sound_.clear();
  }
  return {};
}

/// The pictures before the end are in the run that ends.
Status FeedEncoder::leave_passthrough(const PassthroughRules::End& end) {
  output_.log(log::Level::kWarning,
              fmt::format("{}: the source cannot be passed through any longer and is encoded: {}",
                          encoding_options_.rungs.front().name, end.reason));
  is_passing_ = false;
  if (!encoding_->finish() || !encoding_->wait_until_finished()) {
    return fail(internal_error("the encoders do not come to an end"));
  }
  if (auto error = encoding_->take_error()) {
    return fail(std::move(*error));
  }
  encoding_->stop();
  if (auto started = start_run(false, end.time); !started) {
    return started;
  }
  encoding_->set_picture(glib::Ref<GstCaps>::retain(gst_sample_get_caps(last_picture_.get())));
  return {};
}

void FeedEncoder::repeat_last_picture(WallTime now) {
  encoding_->video().push(glib::Ref<GstBuffer>::retain(gst_sample_get_buffer(last_picture_.get())),
                          MediaTime(0), now);
}

void FeedEncoder::hold_until(MediaTime time) {
  const std::lock_guard lock(picture_mutex_);
  if (!ready_) {
    return;
  }
  if (is_passing_) {
    passed_->end_after_newest("the picture stands still");
    if (auto left = leave_passthrough(*passed_->ended()); !left) {
      give_up(std::move(left).error());
      return;
    }
    repeat_last_picture(clock_.wall());
  }
  encoding_->video().hold_until(time - origin_, clock_.wall());
}

void FeedEncoder::cut() {
  if (is_passing_) {
    passed_->cut();
  } else if (Encoding* encoding = ready_) {
    encoding->video().cut();
  }
}

void FeedEncoder::push_sound(std::span<const float> samples, MediaTime time) {
  const std::lock_guard lock(sound_mutex_);
  if (keeps_sound_) {
    keep_sound(samples, time);
  }
  if (Encoding* encoding = ready_) {
    encoding->audio().push(samples, time - origin_);
  }
}

void FeedEncoder::keep_sound(std::span<const float> samples, MediaTime time) {
  kept_sound_.emplace_back(std::vector<float>(samples.begin(), samples.end()), time);
  while (kept_sound_.size() > (ready_ ? kLateSoundKept : kEarlySoundKept)) {
    kept_sound_.pop_front();
  }
}

bool FeedEncoder::finish() {
  Encoding* encoding = ready_;
  return encoding != nullptr && encoding->finish();
}

bool FeedEncoder::is_finished() const {
  const Encoding* encoding = ready_;
  return encoding != nullptr && encoding->is_finished();
}

void FeedEncoder::stop() {
  is_stopped_ = true;
  if (Encoding* encoding = ready_) {
    encoding->stop();
  }
}

AudioLine* FeedEncoder::audio() {
  Encoding* encoding = ready_;
  return encoding != nullptr ? &encoding->audio() : nullptr;
}

void FeedEncoder::give_up(Error error) {
  const std::lock_guard lock(failure_mutex_);
  if (!failure_) {
    failure_ = std::move(error);
  }
}

std::optional<Error> FeedEncoder::take_error() {
  {
    const std::lock_guard lock(failure_mutex_);
    if (failure_) {
      return failure_;
    }
  }
  Encoding* encoding = ready_;
  return encoding != nullptr ? encoding->take_error() : std::nullopt;
}

Encoding::Options FeedEncoder::encoding_options(PictureSize source, double frame_rate) const {
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
