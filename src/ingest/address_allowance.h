#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "base/clock.h"

namespace estrad::ingest {

/// How often one address may do a thing: `in_a_row` times at once, then once in every `pause`.
/// Remembers the addresses that have spent something lately, and no more than 4,096 of them.
class AddressAllowance {
 public:
  AddressAllowance(std::size_t in_a_row, milliseconds pause) : in_a_row_(in_a_row), pause_(pause) {}

  [[nodiscard]] bool is_spent(const std::string& address, SteadyTime now) const;
  void spend(const std::string& address, SteadyTime now);
  [[nodiscard]] std::size_t remembered() const { return whole_at_.size(); }

 private:
  void forget(SteadyTime now);

  // set once
  std::size_t in_a_row_;
  milliseconds pause_;

  /// When each address has its whole allowance again.
  std::map<std::string, SteadyTime> whole_at_;
};

}  // namespace estrad::ingest
