#include "follower.h"

#include <algorithm>

namespace estrad::load {
namespace {

constexpr milliseconds kBeforeRetry{500};
/// Longer than a server may block (three target durations of two seconds).
constexpr milliseconds kOverdue{10'000};
constexpr int kOk = 200;

PartTime now_wall() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace

void Follower::go_on() {
  pause_until_.reset();
  if (!client_) {
    auto connected = HttpClient::connect(target_.server, epoll_fd_, this);
    if (!connected) {
      return give_up(connected.error());
    }
    client_ = std::move(*connected);
  }
  if (playlist_.empty()) {
    return ask(Step::kMultivariant, target_.multivariant, HttpClient::Body::kKept);
  }
  ask_list();
}

void Follower::on_readable() {
  if (!client_) {
    return;
  }
  const auto is_whole = client_->read();
  if (!is_whole) {
    return give_up(is_whole.error());
  }
  if (*is_whole) {
    take_answer();
  }
}

void Follower::check_overdue(SteadyTime now) {
  if (client_ && !pause_until_ && now - asked_at_ > kOverdue) {
    give_up(unavailable("no answer within 10 s"));
  }
}

bool Follower::is_done() const {
  return track_.last() && step_ == Step::kReload && *track_.last() < wanted_;
}

std::size_t Follower::expected_parts() const {
  return first_ && track_.last() ? track_.count(*first_, *track_.last()) : 0;
}

void Follower::ask(Step step, const std::string& path, HttpClient::Body body) {
  step_ = step;
  asked_at_ = std::chrono::steady_clock::now();
  if (auto asked = client_->ask(path, body, target_.takes_gzip); !asked) {
    give_up(asked.error());
  }
}

void Follower::ask_list() {
  ask(Step::kList, playlist_, HttpClient::Body::kKept);
}

/// The oldest part that is listed and not yet fetched, or else the playlist that will list one.
void Follower::ask_next() {
  if (!due_.empty()) {
    return ask(Step::kPart, resolve(due_.front().uri), HttpClient::Body::kCounted);
  }
  if (list_->is_ended) {
    return give_up(unavailable("the broadcast ended"));
  }
  std::string path = playlist_ + "?_HLS_msn=" + std::to_string(wanted_.msn) +
                     "&_HLS_part=" + std::to_string(wanted_.part);
  if (list_->can_skip) {
    path += "&_HLS_skip=YES";
  }
  ask(Step::kReload, path, HttpClient::Body::kKept);
}

void Follower::take_answer() {
  const HttpClient::Answer& answer = client_->answer();
  count(answer);
  const bool closes = answer.closes;
  if (answer.status != kOk) {
    take_refusal(answer.status);
  } else {
    switch (step_) {
      case Step::kMultivariant:
        take_multivariant(answer);
        break;
      case Step::kList:
        take_list(answer, false);
        break;
      case Step::kInit:
        ask_next();
        break;
      case Step::kReload:
        take_list(answer, true);
        break;
      case Step::kPart:
        take_part();
        break;
    }
  }
  if (closes) {
    give_up(unavailable("the server closes the connection after an answer"));
  }
}

void Follower::take_refusal(int status) {
  ++tally_.refusals[status];
  if (step_ == Step::kPart) {
    // Missed: it counts as expected, and never as received.
    due_.pop_front();
    return ask_next();
  }
  pause(kBeforeRetry);
}

void Follower::take_multivariant(const HttpClient::Answer& answer) {
  auto text = Track::text_of(answer);
  auto uri = text ? find_rendition(*text, target_.is_audio, target_.rendition)
                  : Result<std::string>(fail(text.error()));
  if (!uri) {
    return give_up(uri.error());
  }
  playlist_ = resolve(*uri);
  ask_list();
}

void Follower::take_list(const HttpClient::Answer& answer, bool is_reload) {
  const SteadyTime now = std::chrono::steady_clock::now();
  auto list = track_.read(answer, now);
  if (!list) {
    return give_up(list.error());
  }
  list_ = std::move(*list);
  if (tally_.is_measuring) {
    ++tally_.playlists;
    tally_.playlist_bytes += answer.body_size;
    tally_.delta_playlists += list_->is_delta ? 1 : 0;
  }
  if (!first_) {
    first_ = wanted_ = list_->next;
    if (list_->init_uri.empty()) {
      return ask_next();
    }
    return ask(Step::kInit, resolve(list_->init_uri), HttpClient::Body::kCounted);
  }
  for (const ListedPart& part : list_->parts) {
    if (part.key >= wanted_) {
      due_.push_back(part);
    }
  }
  wanted_ = std::max(wanted_, list_->next);
  if (is_reload && due_.empty()) {
    tally_.idle_reloads += tally_.is_measuring ? 1 : 0;
    return pause(kBeforeRetry / 5);
  }
  ask_next();
}

void Follower::take_part() {
  const ListedPart part = std::move(due_.front());
  due_.pop_front();
  if (!track_.last() || part.key <= *track_.last()) {
    ++received_;
  }
  if (tally_.is_measuring) {
    const auto age = now_wall() - part.end;
    ++tally_.parts;
    tally_.part_age.add(age);
    tally_.after_listed.add(std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - track_.listed_at(part.key)));
    tally_.late_parts += age > list_->part_hold_back ? 1 : 0;
  }
  ask_next();
}

void Follower::count(const HttpClient::Answer& answer) {
  if (tally_.is_measuring) {
    ++tally_.requests;
    tally_.bytes += answer.wire_size;
  }
}

void Follower::pause(milliseconds time) {
  pause_until_ = std::chrono::steady_clock::now() + time;
}

void Follower::give_up(const Error& error) {
  ++tally_.failures[error.message];
  client_.reset();
  if (!due_.empty()) {
    wanted_ = due_.front().key;
    due_.clear();
  }
  pause(kBeforeRetry);
}

std::string Follower::resolve(const std::string& uri) const {
  if (uri.starts_with('/')) {
    return uri;
  }
  const std::string& base = playlist_.empty() ? target_.multivariant : playlist_;
  return base.substr(0, base.rfind('/') + 1) + uri;
}

}  // namespace estrad::load
