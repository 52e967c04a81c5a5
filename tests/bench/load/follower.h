#pragma once

#include <deque>
#include <optional>
#include <string>

#include "base/clock.h"
#include "http_client.h"
#include "tally.h"
#include "track.h"

namespace estrad::load {

/// What all followers of one track share.
struct Target {
  ServerAddress server;
  /// `/w/SLUG/index.m3u8`
  std::string multivariant;
  bool is_audio = false;
  /// Part of the rendition's name; empty: the first.
  std::string rendition;
  bool takes_gzip = true;
};

/// One viewer's way along one track, over one connection, as a low-latency player goes: the
/// multivariant playlist, the media playlist, the init segment; then again and again the playlist
/// that lists the next part (blocking, as a delta when the server offers it) and that part.
/// After a failure it connects anew and goes on where it was.
class Follower {
 public:
  Follower(const Target& target, Track& track, Tally& tally, int epoll_fd)
      : target_(target), track_(track), tally_(tally), epoll_fd_(epoll_fd) {}
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  /// Joins, or goes on after a pause.
  void go_on();
  /// Its connection has something to read.
  void on_readable();
  /// Gives up on an answer that does not come.
  void check_overdue(SteadyTime now);
  /// When it wants to go_on(); nullopt while it waits for an answer.
  [[nodiscard]] std::optional<SteadyTime> pause_until() const { return pause_until_; }

  [[nodiscard]] bool has_joined() const { return first_.has_value(); }
  /// It has asked for all parts up to the track's last one.
  [[nodiscard]] bool is_done() const;
  /// Once the track is closed: parts that it should have, and has.
  [[nodiscard]] std::size_t expected_parts() const;
  [[nodiscard]] std::size_t received_parts() const { return received_; }

 private:
  enum class Step { kMultivariant, kList, kInit, kReload, kPart };

  void ask(Step step, const std::string& path, HttpClient::Body body);
  void ask_list();
  void ask_next();
  void take_answer();
  void take_refusal(int status);
  void take_multivariant(const HttpClient::Answer& answer);
  void take_list(const HttpClient::Answer& answer, bool is_reload);
  void take_part();
  void count(const HttpClient::Answer& answer);
  void pause(milliseconds time);
  void give_up(const Error& error);
  [[nodiscard]] std::string resolve(const std::string& uri) const;

  // set once
  const Target& target_;
  Track& track_;
  Tally& tally_;
  int epoll_fd_;

  std::optional<HttpClient> client_;
  Step step_ = Step::kMultivariant;
  SteadyTime asked_at_;
  std::optional<SteadyTime> pause_until_;
  /// Of the media playlist, once it is known.
  std::string playlist_;
  Track::ListPtr list_;
  /// The first part that it should get.
  std::optional<PartKey> first_;
  /// All before this one were asked for or missed.
  PartKey wanted_;
  std::deque<ListedPart> due_;
  std::size_t received_ = 0;
};

}  // namespace estrad::load
