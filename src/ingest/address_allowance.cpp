#include "ingest/address_allowance.h"

#include <algorithm>

namespace estrad::ingest {
namespace {

constexpr std::size_t kMostAddresses = 4096;

}  // namespace

bool AddressAllowance::is_spent(const std::string& address, SteadyTime now) const {
  const auto known = whole_at_.find(address);
  // Each use moves the time by one pause; within `in_a_row` pauses from now there is one left.
  return known != whole_at_.end() &&
         known->second > now + pause_ * (static_cast<int>(in_a_row_) - 1);
}

void AddressAllowance::spend(const std::string& address, SteadyTime now) {
  forget(now);
  const auto uses = static_cast<int>(in_a_row_);
  SteadyTime& whole_at = whole_at_.try_emplace(address, now).first->second;
  // However many come at once, the debt stays within two allowances.
  whole_at = std::min(std::max(whole_at, now) + pause_, now + pause_ * 2 * uses);
}

void AddressAllowance::forget(SteadyTime now) {
  if (whole_at_.size() < kMostAddresses) {
    return;
  }
  std::erase_if(whole_at_, [now](const auto& entry) { return entry.second <= now; });
  if (whole_at_.size() >= kMostAddresses) {
    const auto soonest =
        std::ranges::min_element(whole_at_, {}, [](const auto& entry) { return entry.second; });
    whole_at_.erase(soonest);
  }
}

}  // namespace estrad::ingest
