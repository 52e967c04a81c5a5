#pragma once

#include <string>

#include "base/reply.h"

namespace estrad::ingest {

/// What a stream key opens.
struct StageKey {
  std::string stage_id;
  bool is_backup = false;

  friend bool operator==(const StageKey&, const StageKey&) = default;
};

/// Tells whose key a presenter shows. Called on the ingest loop, answers on any thread.
/// NotFound: the key is wrong, expired or revoked, and the presenter is told so. Conflict: the key
/// is right but the stage cannot begin now; the presenter is told the message. Any other error: the
/// key could not be checked, and the presenter's encoder is left to try again.
class KeyCheck {
 public:
  virtual ~KeyCheck() = default;
  /// `key` comes from outside: at most 256 bytes of printable ASCII, otherwise unchecked.
  virtual void check(std::string key, Reply<StageKey> reply) = 0;
};

}  // namespace estrad::ingest
