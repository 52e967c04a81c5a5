#pragma once

#include "base/clock.h"
#include "web/route.h"
#include "webcast/ask_limits.h"

namespace estrad::web {

/// How often one address may ask, by kind of request; each http loop counts for itself. An office
/// of 500 viewers shares an address, so media is not limited here (connections are), and the rest
/// stops scripts, not crowds.
struct RateAllowances {
  webcast::Allowance read{3'000, milliseconds(2)};
  webcast::Allowance write{500, milliseconds(10)};
  webcast::Allowance sign_in{10, milliseconds(6'000)};
  std::size_t most_addresses = 20'000;
};

/// Lives on one http loop.
class Rates {
 public:
  explicit Rates(const RateAllowances& allowances)
      : read_(allowances.read, allowances.most_addresses),
        write_(allowances.write, allowances.most_addresses),
        sign_in_(allowances.sign_in, allowances.most_addresses) {}

  /// Counts a request; how long its sender has to wait first, zero when it may go on.
  [[nodiscard]] milliseconds take(Rate rate, const std::string& address, SteadyTime now);

 private:
  webcast::Buckets read_;
  webcast::Buckets write_;
  webcast::Buckets sign_in_;
};

}  // namespace estrad::web
