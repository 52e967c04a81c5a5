#include "live/take_recorder.h"

#include <utility>

#include "base/log.h"

namespace estrad::live {
namespace {

/// A disk that takes longer for a part is as good as none: viewers would run dry.
constexpr milliseconds kLongestWait{1'000};
/// Half a minute of a full ladder. What comes on top of it is not recorded.
constexpr std::size_t kMostBytesOnTheWay = std::size_t{48} << 20U;

std::size_t size_of(const hls::PlacedPart& placed) {
  return placed.part->bytes ? placed.part->bytes->size() : 0;
}

}  // namespace

TakeRecorder::TakeRecorder(glib::EventLoop& loop, const Clock& clock, Recording& recording,
                           TakeAddress take, Events events)
    : clock_(clock),
      recording_(recording),
      take_(std::move(take)),
      events_(std::move(events)),
      home_(loop) {}

void TakeRecorder::add_init(std::size_t track, std::uint32_t number, SharedBytes bytes) {
  recording_.append_init(take_, track, number, std::move(bytes),
                         home_.reply<void>([this](const Status& status) {
                           if (!status) {
                             report(status);
                           }
                         }));
}

void TakeRecorder::add(hls::PlacedPart part) {
  const std::uint64_t number = next_number_++;
  const std::size_t size = size_of(part);
  waiting_.push_back({number, part, clock_.steady(), false});
  if (bytes_on_the_way_ + size > kMostBytesOnTheWay) {
    waiting_.back().is_answered = true;
    report(fail(unavailable("the disk does not keep up: parts are left out")));
    announce_answered();
    return;
  }
  bytes_on_the_way_ += size;
  recording_.append_part(take_, std::move(part),
                         home_.reply<void>([this, number, size](const Status& status) {
                           answered(number, size, status);
                         }));
}

void TakeRecorder::answered(std::uint64_t number, std::size_t size, const Status& status) {
  bytes_on_the_way_ -= size;
  report(status);
  for (Waiting& each : waiting_) {
    if (each.number == number) {
      each.is_answered = true;
    }
  }
  announce_answered();
}

void TakeRecorder::announce_answered() {
  while (!waiting_.empty() && waiting_.front().is_answered) {
    const hls::PlacedPart part = std::move(waiting_.front().part);
    waiting_.pop_front();
    events_.announce(part);
  }
}

void TakeRecorder::advance() {
  const SteadyTime now = clock_.steady();
  bool is_late = false;
  for (Waiting& each : waiting_) {
    if (!each.is_answered && now - each.since > kLongestWait) {
      each.is_answered = true;
      is_late = true;
    }
  }
  if (is_late) {
    report(fail(unavailable("the disk is slow: parts go out before they are recorded")));
    announce_answered();
  }
}

void TakeRecorder::flush() {
  for (Waiting& each : waiting_) {
    each.is_answered = true;
  }
  announce_answered();
}

void TakeRecorder::report(const Status& status) {
  if (status.has_value() == is_healthy_) {
    return;
  }
  is_healthy_ = status.has_value();
  if (!status) {
    log::error("take \"{}\": recording: {}; the broadcast goes on", take_.folder,
               status.error().message);
  } else {
    log::info("take \"{}\": recording works again", take_.folder);
  }
  events_.health(status);
}

}  // namespace estrad::live
