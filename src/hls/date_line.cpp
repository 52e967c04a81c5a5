#include "hls/date_line.h"

#include <algorithm>
#include <iterator>

namespace estrad::hls {
namespace {

WallTime rounded(nanoseconds time, DateRounding rounding) {
  return WallTime(rounding == DateRounding::kDown ? std::chrono::floor<milliseconds>(time)
                                                  : std::chrono::ceil<milliseconds>(time));
}

}  // namespace

void DateLine::begin_stretch(std::uint64_t msn, nanoseconds media, WallTime wall) {
  constexpr std::chrono::seconds kOutage(1);
  const nanoseconds arrived = wall.time_since_epoch();
  if (!offset_ || arrived - (media + *offset_) > kOutage) {
    offset_ = arrived - media;
    pending_ = milliseconds(0);
  }
  offsets_[msn] = *offset_;
}

void DateLine::restore(nanoseconds media, WallTime date) {
  offset_ = nanoseconds(date.time_since_epoch()) - media;
}

WallTime DateLine::date(std::uint64_t msn, nanoseconds media, DateRounding rounding) {
  constexpr milliseconds kMostEachSegment(1);
  if (!offset_) {
    return rounded(media, rounding);
  }
  if (pending_ != milliseconds(0) && (offsets_.empty() || msn > newest_msn_)) {
    const milliseconds step = std::clamp(pending_, -kMostEachSegment, kMostEachSegment);
    pending_ -= step;
    *offset_ += step;
    offsets_[msn] = *offset_;
  }
  newest_msn_ = std::max(newest_msn_, msn);
  const auto after = offsets_.upper_bound(msn);
  const nanoseconds offset = after == offsets_.begin() ? *offset_ : std::prev(after)->second;
  return rounded(media + offset, rounding);
}

std::optional<WallTime> DateLine::newest(nanoseconds media) const {
  if (!offset_) {
    return std::nullopt;
  }
  return rounded(media + *offset_, DateRounding::kDown);
}

void DateLine::forget_before(std::uint64_t msn) {
  // The offset that holds at `msn` may have begun before it.
  const auto after = offsets_.upper_bound(msn);
  if (after != offsets_.begin()) {
    offsets_.erase(offsets_.begin(), std::prev(after));
  }
}

}  // namespace estrad::hls
