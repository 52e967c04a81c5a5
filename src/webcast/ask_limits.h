#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"

namespace estrad::webcast {

/// So many at once, then one more every so often.
struct Allowance {
  double burst = 1;
  milliseconds one_every{1000};
};

/// Token buckets by opaque key. Holds at most `most_keys` of them: buckets that are full again are
/// forgotten first, then the fullest-looking go; a flood of keys cannot grow it.
class Buckets {
 public:
  Buckets(Allowance allowance, std::size_t most_keys);

  /// How long `key` has to wait for a token; zero when it has one now.
  [[nodiscard]] milliseconds wait(std::string_view key, SteadyTime now) const;
  /// Takes a token, which is there (`wait` said zero).
  void take(std::string_view key, SteadyTime now);
  [[nodiscard]] std::size_t size() const { return levels_.size(); }

 private:
  struct Level {
    double tokens;
    SteadyTime at;
  };
  [[nodiscard]] double tokens(const Level& level, SteadyTime now) const;
  void make_room(SteadyTime now);

  Allowance allowance_;
  std::size_t most_keys_;
  std::unordered_map<std::string, Level> levels_;
};

/// The defaults let 500 viewers behind one office's address put 200 questions within minutes, and
/// stop a script after its first few (viewer) or few hundred (address).
struct AskAllowances {
  Allowance viewer{5, std::chrono::seconds(10)};
  Allowance address{240, milliseconds(1500)};
  std::size_t most_keys = 20'000;
};

/// How often a viewer, and an address, may ask at one event.
class AskLimits {
 public:
  explicit AskLimits(const AskAllowances& allowances = {});

  /// How long this sender has to wait; zero when it may ask now. Both keys are the caller's opaque
  /// hashes; an empty viewer is judged by its address alone. `slow` is the event's slow mode: the
  /// time between two questions of one viewer (of one address, without a viewer key).
  [[nodiscard]] milliseconds wait(std::string_view viewer, std::string_view address,
                                  milliseconds slow, SteadyTime now) const;
  /// Counts a question that was taken.
  void count(std::string_view viewer, std::string_view address, SteadyTime now);

 private:
  Buckets viewers_;
  Buckets addresses_;
  std::size_t most_keys_;
  std::unordered_map<std::string, SteadyTime> last_asked_;
};

}  // namespace estrad::webcast
