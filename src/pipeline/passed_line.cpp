#include "pipeline/passed_line.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace estrad::pipeline {
namespace {

/// Far more than a decoder holds back.
constexpr std::size_t kMostWaiting = 1024;

}  // namespace

void PassedLine::set_configuration(ByteView configuration) {
  const std::lock_guard lock(mutex_);
  if (std::equal(configuration.begin(), configuration.end(), configuration_.begin(),
                 configuration_.end())) {
    return;
  }
  if (!configuration_.empty()) {
    rules_.end_after_newest("the encoder has changed its settings");
    return;
  }
  configuration_.assign(configuration.begin(), configuration.end());
  auto parsed = parse_avc_configuration(configuration_);
  if (!parsed) {
    rules_.end(MediaTime(0), parsed.error().message);
    return;
  }
  parsed_ = std::move(*parsed);
}

void PassedLine::add(AccessUnit unit) {
  const std::lock_guard lock(mutex_);
  if (is_closed_ || rules_.ended() || !parsed_) {
    return;
  }
  auto clean = clean_access_unit(unit.data, *parsed_);
  if (!clean) {
    rules_.end_after_newest(clean.error().message);
    return;
  }
  unit.data = std::move(clean->data);
  unit.is_idr = clean->is_idr;
  const bool starts_segment = rules_.see(unit);
  if (rules_.ended()) {
    return;
  }
  if (units_.size() >= kMostWaiting) {
    rules_.end_after_newest("its pictures cannot be decoded");
    return;
  }
  if (starts_segment) {
    starts_.push_back(unit.presentation);
  }
  units_.push_back(std::move(unit));
}

void PassedLine::limit_bitrate(std::uint32_t bitrate) {
  const std::lock_guard lock(mutex_);
  rules_.limit_bitrate(bitrate);
}

void PassedLine::cut() {
  const std::lock_guard lock(mutex_);
  rules_.cut();
}

void PassedLine::end(MediaTime time, std::string reason) {
  const std::lock_guard lock(mutex_);
  rules_.end(time, std::move(reason));
}

void PassedLine::end_after_newest(std::string reason) {
  const std::lock_guard lock(mutex_);
  rules_.end_after_newest(std::move(reason));
}

void PassedLine::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  units_.clear();
  starts_.clear();
}

std::optional<PassthroughRules::End> PassedLine::ended() const {
  const std::lock_guard lock(mutex_);
  return rules_.ended();
}

Bytes PassedLine::configuration() const {
  const std::lock_guard lock(mutex_);
  return configuration_;
}

std::optional<AvcConfiguration> PassedLine::parsed_configuration() const {
  const std::lock_guard lock(mutex_);
  return parsed_;
}

MediaTime PassedLine::reorder_delay() const {
  const std::lock_guard lock(mutex_);
  return rules_.reorder_delay();
}

std::optional<MediaTime> PassedLine::take_start(MediaTime time) {
  const std::lock_guard lock(mutex_);
  if (starts_.empty() || starts_.front() > time) {
    return std::nullopt;
  }
  const MediaTime start = starts_.front();
  starts_.pop_front();
  return start;
}

void PassedLine::take_units(std::deque<AccessUnit>& units) {
  const std::lock_guard lock(mutex_);
  units.insert(units.end(), std::make_move_iterator(units_.begin()),
               std::make_move_iterator(units_.end()));
  units_.clear();
}

}  // namespace estrad::pipeline
