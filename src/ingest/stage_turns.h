#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "ingest/key_check.h"

namespace estrad::ingest {

using ConnectionId = std::uint64_t;

/// Whose turn it is to send with each key (interface.md, "Sending"): the first to come; one that
/// comes later is held, and wins once the first has been silent for `takeover_after` or is gone,
/// else it is refused after `hold_limit`. Of several that are held the newest wins: the others are
/// what a broken line left behind.
///
/// Pure: it decides, its owner acts.
class StageTurns {
 public:
  struct Options {
    milliseconds takeover_after{1'000};
    milliseconds hold_limit{5'000};
  };
  /// `winner` sends from now on; `loser`, when there is one, has lost its turn.
  struct TakeOver {
    ConnectionId winner = 0;
    std::optional<ConnectionId> loser;
    friend bool operator==(const TakeOver&, const TakeOver&) = default;
  };
  /// `refused` has been held for too long and is forgotten.
  struct Refusal {
    ConnectionId refused = 0;
    friend bool operator==(const Refusal&, const Refusal&) = default;
  };
  using Decision = std::variant<TakeOver, Refusal>;

  explicit StageTurns(Options options) : options_(options) {}

  /// A connection with a valid key has come: whether it may send at once. Otherwise it is held.
  [[nodiscard]] bool arrive(ConnectionId id, const StageKey& key, SteadyTime now);
  /// Something came from the connection.
  void heard(ConnectionId id, SteadyTime now);
  /// The connection is gone, or sends no more.
  void leave(ConnectionId id);
  /// What is to be done by now. To be asked often, and after each `leave`.
  [[nodiscard]] std::vector<Decision> due(SteadyTime now);

 private:
  using Slot = std::pair<std::string, bool>;
  struct Held {
    ConnectionId id = 0;
    SteadyTime since;
  };
  struct Turn {
    std::optional<ConnectionId> sender;
    SteadyTime heard;
    /// Oldest first.
    std::vector<Held> held;
  };
  void decide(Turn& turn, SteadyTime now, std::vector<Decision>& decisions);

  // set once
  Options options_;

  std::map<Slot, Turn> turns_;
  std::map<ConnectionId, Slot> slots_;
};

}  // namespace estrad::ingest
