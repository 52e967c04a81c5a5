#include "webcast/ask_limits.h"

#include <algorithm>
#include <cmath>

namespace estrad::webcast {
namespace {

double in_ms(SteadyTime::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

}  // namespace

Buckets::Buckets(Allowance allowance, std::size_t most_keys)
    : allowance_(allowance), most_keys_(most_keys) {}

double Buckets::tokens(const Level& level, SteadyTime now) const {
  const double earned = in_ms(now - level.at) / static_cast<double>(allowance_.one_every.count());
  return std::min(allowance_.burst, level.tokens + earned);
}

milliseconds Buckets::wait(std::string_view key, SteadyTime now) const {
  const auto found = levels_.find(std::string(key));
  if (found == levels_.end()) {
    return milliseconds::zero();
  }
  const double missing = 1.0 - tokens(found->second, now);
  if (missing <= 0) {
    return milliseconds::zero();
  }
  return milliseconds(
      std::llround(std::ceil(missing * static_cast<double>(allowance_.one_every.count()))));
}

void Buckets::take(std::string_view key, SteadyTime now) {
  auto found = levels_.find(std::string(key));
  if (found == levels_.end()) {
    if (levels_.size() >= most_keys_) {
      make_room(now);
    }
    found = levels_.emplace(std::string(key), Level{allowance_.burst, now}).first;
  }
  Level& level = found->second;
  level.tokens = tokens(level, now) - 1.0;
  level.at = now;
}

void Buckets::make_room(SteadyTime now) {
  std::erase_if(levels_,
                [&](const auto& entry) { return tokens(entry.second, now) >= allowance_.burst; });
  if (levels_.size() < most_keys_) {
    return;
  }
  const auto fullest = std::max_element(
      levels_.begin(), levels_.end(),
      [&](const auto& a, const auto& b) { return tokens(a.second, now) < tokens(b.second, now); });
  levels_.erase(fullest);
}

AskLimits::AskLimits(const AskAllowances& allowances)
    : viewers_(allowances.viewer, allowances.most_keys),
      addresses_(allowances.address, allowances.most_keys),
      most_keys_(allowances.most_keys) {}

milliseconds AskLimits::wait(std::string_view viewer, std::string_view address, milliseconds slow,
                             SteadyTime now) const {
  auto longest = addresses_.wait(address, now);
  if (!viewer.empty()) {
    longest = std::max(longest, viewers_.wait(viewer, now));
  }
  const auto last = last_asked_.find(std::string(viewer.empty() ? address : viewer));
  if (last != last_asked_.end() && now < last->second + slow) {
    longest = std::max(longest, std::chrono::ceil<milliseconds>(last->second + slow - now));
  }
  return longest;
}

void AskLimits::count(std::string_view viewer, std::string_view address, SteadyTime now) {
  addresses_.take(address, now);
  if (!viewer.empty()) {
    viewers_.take(viewer, now);
  }
  if (last_asked_.size() >= most_keys_) {
    // No slow mode is longer than an hour; a flood of keys forgets the slow mode, not the buckets.
    std::erase_if(last_asked_,
                  [&](const auto& entry) { return entry.second + std::chrono::hours(1) < now; });
    if (last_asked_.size() >= most_keys_) {
      last_asked_.clear();
    }
  }
  last_asked_[std::string(viewer.empty() ? address : viewer)] = now;
}

}  // namespace estrad::webcast
