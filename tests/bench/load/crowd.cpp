#include "crowd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>

#include <nlohmann/json.hpp>
#include <sys/epoll.h>
#include <sys/resource.h>

namespace estrad::load {
namespace {

using std::chrono::microseconds;
using std::chrono::steady_clock;

/// How long the last parts may take.
constexpr milliseconds kGrace{5'000};
/// How often pauses, joinings and overdue answers are looked at.
constexpr milliseconds kTurn{20};
/// Connections beside those of viewers: epoll, standard streams, libraries.
constexpr std::size_t kOtherFiles = 32;

Status allow_files(std::size_t count) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < count) {
    return fail(unavailable("this many connections need " + std::to_string(count) +
                            " open files, and the hard limit is " + std::to_string(limit.rlim_max) +
                            " (ulimit -Hn raises it, as root)"));
  }
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return fail(unavailable_errno("setrlimit", errno));
  }
  return {};
}

/// User and system time of this process.
microseconds cpu_time() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto sum = [](const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + microseconds(time.tv_usec);
  };
  return sum(usage.ru_utime) + sum(usage.ru_stime);
}

double seconds(microseconds time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

Result<std::unique_ptr<Crowd>> Crowd::create(std::vector<Target> targets, CrowdOptions options) {
  if (auto allowed = allow_files(options.viewers * targets.size() + kOtherFiles); !allowed) {
    return fail(std::move(allowed).error());
  }
  glib::Fd epoll(epoll_create1(EPOLL_CLOEXEC));
  if (!epoll) {
    return fail(unavailable_errno("epoll_create1", errno));
  }
  return std::unique_ptr<Crowd>(new Crowd(std::move(targets), options, std::move(epoll)));
}

Crowd::Crowd(std::vector<Target> targets, CrowdOptions options, glib::Fd epoll)
    : targets_(std::move(targets)), options_(options), epoll_(std::move(epoll)) {
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    tracks_.push_back(std::make_unique<Track>());
  }
  for (std::size_t viewer = 0; viewer < options_.viewers; ++viewer) {
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      followers_.push_back(
          std::make_unique<Follower>(targets_[i], *tracks_[i], tally_, epoll_.get()));
    }
  }
}

nlohmann::json Crowd::run(const std::function<void()>& on_measuring) {
  begun_ = steady_clock::now();
  turn_until(begun_ + options_.joining);
  on_measuring();
  tally_.is_measuring = true;
  const SteadyTime from = steady_clock::now();
  const microseconds cpu = cpu_time();
  turn_until(from + options_.measuring);
  const auto took = std::chrono::duration_cast<microseconds>(steady_clock::now() - from);
  const microseconds spent = cpu_time() - cpu;
  for (const auto& track : tracks_) {
    track->close();
  }
  turn_until(steady_clock::now() + kGrace);
  return result(took, spent);
}

void Crowd::turn_until(SteadyTime end) {
  SteadyTime next_turn = steady_clock::now();
  while (!is_done()) {
    const SteadyTime now = steady_clock::now();
    if (now >= end) {
      return;
    }
    if (now >= next_turn) {
      next_turn = now + kTurn;
      join_due(now);
      wake_due(now);
    }
    handle_events(kTurn);
  }
}

void Crowd::handle_events(milliseconds most) {
  std::array<epoll_event, 256> events;
  const int count = epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                               static_cast<int>(most.count()));
  for (int i = 0; i < count; ++i) {
    static_cast<Follower*>(events[static_cast<std::size_t>(i)].data.ptr)->on_readable();
  }
}

void Crowd::wake_due(SteadyTime now) {
  for (std::size_t i = 0; i < joined_; ++i) {
    Follower& follower = *followers_[i];
    if (follower.pause_until() && *follower.pause_until() <= now) {
      follower.go_on();
    } else {
      follower.check_overdue(now);
    }
  }
}

void Crowd::join_due(SteadyTime now) {
  const double share = options_.joining.count() == 0
                           ? 1.0
                           : std::chrono::duration<double>(now - begun_) / options_.joining;
  // The last have a twentieth of the time left to become part of the crowd.
  const auto due = static_cast<std::size_t>(std::min(1.0, share * 1.05 + 0.001) *
                                            static_cast<double>(followers_.size()));
  for (; joined_ < due; ++joined_) {
    followers_[joined_]->go_on();
  }
}

bool Crowd::is_done() const {
  return tracks_.front()->last().has_value() &&
         std::all_of(followers_.begin(), followers_.end(),
                     [](const auto& follower) { return follower->is_done(); });
}

nlohmann::json Crowd::result(microseconds took, microseconds cpu) const {
  std::size_t expected = 0;
  std::size_t received = 0;
  std::size_t joined = 0;
  for (const auto& follower : followers_) {
    joined += follower->has_joined() ? 1 : 0;
    expected += follower->expected_parts();
    received += follower->received_parts();
  }
  const auto rate = [took](std::uint64_t count) {
    return std::round(static_cast<double>(count) / seconds(took));
  };
  nlohmann::json refusals = nlohmann::json::object();
  for (const auto& [status, count] : tally_.refusals) {
    refusals[std::to_string(status)] = count;
  }
  return {{"viewers", options_.viewers},
          {"connections", followers_.size()},
          {"joined", joined},
          {"measured_s", seconds(took)},
          {"part_age_ms", tally_.part_age.summary()},
          {"after_listed_ms", tally_.after_listed.summary()},
          {"parts_expected", expected},
          {"parts_received", received},
          {"gaps", expected - received},
          {"late_parts", tally_.late_parts},
          {"idle_reloads", tally_.idle_reloads},
          {"refusals", refusals},
          {"failures", tally_.failures},
          {"requests_per_s", rate(tally_.requests)},
          {"bytes_per_s", rate(tally_.bytes)},
          {"playlists", tally_.playlists},
          {"playlist_bytes", tally_.playlist_bytes},
          {"delta_playlists", tally_.delta_playlists},
          {"generator_cores", std::round(seconds(cpu) / seconds(took) * 1000) / 1000}};
}

}  // namespace estrad::load
