#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>

#include "base/clock.h"
#include "hls/timeline.h"
#include "live/home.h"
#include "live/ports.h"

namespace estrad::live {

/// Gives a take's parts to the recording, and on to be announced once they are safe there, in
/// order. A broadcast outlives its disk: what cannot be recorded, or not in time, is announced all
/// the same, and that is reported once, until recording works again. Lives on the live loop.
class TakeRecorder {
 public:
  struct Events {
    std::function<void(const hls::PlacedPart&)> announce;
    /// Recording fails from now on, or works again (no error).
    std::function<void(Status)> health;
  };
  TakeRecorder(glib::EventLoop& loop, const Clock& clock, Recording& recording, TakeAddress take,
               Events events);

  void add_init(std::size_t track, std::uint32_t number, SharedBytes bytes);
  void add(hls::PlacedPart part);
  /// Announces what has waited for the disk too long. Call often.
  void advance();
  /// Announces everything that waits, at once.
  void flush();
  /// The recording failed, or works, in another way.
  void report(const Status& status);

 private:
  struct Waiting {
    std::uint64_t number;
    hls::PlacedPart part;
    SteadyTime since;
    bool is_answered;
  };
  void answered(std::uint64_t number, std::size_t size, const Status& status);
  void announce_answered();

  // set once
  const Clock& clock_;
  Recording& recording_;
  TakeAddress take_;
  Events events_;

  // live loop only
  std::deque<Waiting> waiting_;
  std::uint64_t next_number_ = 0;
  /// Given to the recording and not answered, announced or not.
  std::size_t bytes_on_the_way_ = 0;
  bool is_healthy_ = true;
  Home home_;
};

}  // namespace estrad::live
