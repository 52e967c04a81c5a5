#include "ingest/rtmp_connection.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace estrad::ingest {
namespace {

/// How long an encoder may take to read our last words.
constexpr milliseconds kLeaveWithin{1'000};
/// How long the answer to a publish request may take, the checking of the key, a pause after wrong
/// keys and the hold included.
constexpr milliseconds kAnswerWithin{60'000};
/// What an encoder may send ahead of our answer before we stop reading.
constexpr std::size_t kMostAhead = std::size_t{256} << 10;
constexpr std::size_t kLongestEncoderName = 64;

std::string printable(std::string_view text) {
  std::string kept;
  for (const char c : text.substr(0, kLongestEncoderName)) {
    if (c >= ' ' && c < '\x7F') {
      kept.push_back(c);
    }
  }
  return kept;
}

rtmp::ChunkLimits chunk_limits(const RtmpOptions& options) {
  return {.message_bytes = options.max_message_bytes,
          .unfinished_bytes = options.max_unfinished_bytes};
}

}  // namespace

RtmpConnection::RtmpConnection(ConnectionId id, std::string address, const RtmpOptions& options,
                               const Clock& clock, RtmpConnectionOwner& owner, FeedSink& sink)
    : id_(id),
      address_(std::move(address)),
      options_(options),
      clock_(clock),
      owner_(owner),
      sink_(sink),
      session_(chunk_limits(options)),
      phase_since_(clock.steady()),
      last_heard_(phase_since_) {}

void RtmpConnection::start(glib::EventLoop& loop, glib::Ref<GSocket> socket) {
  stream_ = std::make_unique<TcpStream>(loop, std::move(socket), *this);
}

void RtmpConnection::enter(Phase phase) {
  phase_ = phase;
  phase_since_ = clock_.steady();
}

void RtmpConnection::received(ByteView bytes) {
  const auto self = shared_from_this();
  last_heard_ = clock_.steady();
  owner_.heard(*this);
  session_.receive(bytes);
  go_on();
}

void RtmpConnection::ended(const std::string& reason) {
  const auto self = shared_from_this();
  end_feed(reason);
  drop();
}

void RtmpConnection::go_on() {
  bool is_reading = true;
  while (is_reading) {
    auto event = session_.next();
    if (!event) {
      fail_with(event.error().message);
      return;
    }
    is_reading = *event && handle(**std::move(event));
  }
  hand_on();
  flush();
}

bool RtmpConnection::handle(rtmp::SessionEvent event) {
  if (const auto* media = std::get_if<rtmp::MediaReceived>(&event)) {
    remuxer_.add(media->message);
  } else if (const auto* request = std::get_if<rtmp::PublishRequested>(&event)) {
    enter(Phase::kAsking);
    owner_.publish_requested(*this, request->app, request->name);
  } else if (std::holds_alternative<rtmp::PublishEnded>(event)) {
    publish_ended();
  } else if (const auto* end = std::get_if<rtmp::SessionEnded>(&event)) {
    leave(end->reason);
  }
  return phase_ == Phase::kBeforePublish || phase_ == Phase::kPublishing;
}

void RtmpConnection::publish_ended() {
  end_feed("the encoder stopped");
  enter(Phase::kBeforePublish);
}

void RtmpConnection::begin_feed(const StageKey& key) {
  const auto self = shared_from_this();
  enter(Phase::kPublishing);
  feed_ = next_feed_id();
  remuxer_ = flv::Remuxer();
  log::info("feed {}: began by RTMP on stage \"{}\"{}", feed_, key.stage_id,
            key.is_backup ? " (backup)" : "");
  sink_.feed_started({.id = feed_,
                      .stage = key.stage_id,
                      .is_backup = key.is_backup,
                      .protocol = "rtmp",
                      .container = "flv",
                      .encoder = printable(session_.encoder())});
  session_.accept_publish();
  stream_->pause(false);
  go_on();
}

void RtmpConnection::refuse(std::string_view code, std::string_view description) {
  const auto self = shared_from_this();
  session_.refuse_publish(code, description);
  leave("refused");
}

void RtmpConnection::dismiss(const std::string& reason) {
  const auto self = shared_from_this();
  if (session_.is_publishing()) {
    hand_on();
    session_.unpublish("The server ends this connection.");
  }
  leave(reason);
}

void RtmpConnection::hand_on() {
  if (feed_ == 0) {
    return;
  }
  for (flv::Remuxer::Output& output : remuxer_.take()) {
    if (auto* headers = std::get_if<flv::Remuxer::NewHeaders>(&output)) {
      sink_.feed_headers(feed_, std::move(headers->bytes));
    } else {
      sink_.feed_data(feed_, std::move(std::get<FeedChunk>(output)));
    }
  }
}

void RtmpConnection::flush() {
  if (!stream_) {
    return;
  }
  if (Bytes output = session_.take_output(); !output.empty() && !stream_->send(std::move(output))) {
    fail_with("does not read what it is answered");
    return;
  }
  if (phase_ == Phase::kAsking && session_.waiting_bytes() > kMostAhead) {
    stream_->pause(true);
  }
}

void RtmpConnection::end_feed(const std::string& reason) {
  hand_on();
  if (const FeedId ended = std::exchange(feed_, 0); ended != 0) {
    log::info("feed {}: ended: {}", ended, reason);
    sink_.feed_ended(ended, reason);
  }
  if (phase_ != Phase::kLeaving && phase_ != Phase::kClosed) {
    owner_.left(*this);
  }
}

void RtmpConnection::leave(const std::string& reason) {
  if (phase_ == Phase::kLeaving || phase_ == Phase::kClosed) {
    return;
  }
  end_feed(reason);
  enter(Phase::kLeaving);
  flush();
  if (stream_) {
    stream_->finish();
  }
}

void RtmpConnection::fail_with(const std::string& how) {
  end_feed(how);
  if (phase_ != Phase::kLeaving) {
    owner_.misbehaved(*this, how);
  }
  drop();
}

void RtmpConnection::drop() {
  if (phase_ == Phase::kClosed) {
    return;
  }
  const auto self = shared_from_this();
  end_feed("the server closed the connection");
  enter(Phase::kClosed);
  stream_.reset();
}

void RtmpConnection::keep_limits() {
  const auto self = shared_from_this();
  const SteadyTime now = clock_.steady();
  const milliseconds in_phase = std::chrono::duration_cast<milliseconds>(now - phase_since_);
  const milliseconds silent = std::chrono::duration_cast<milliseconds>(now - last_heard_);
  switch (phase_) {
    case Phase::kBeforePublish:
      if (!session_.has_shaken_hands() && in_phase >= options_.handshake_within) {
        fail_with("took too long over the handshake");
      } else if (in_phase >= options_.publish_within) {
        fail_with("did not ask to publish in time");
      } else if (silent >= options_.idle_limit) {
        fail_with("fell silent");
      }
      break;
    case Phase::kAsking:
      if (in_phase >= kAnswerWithin) {
        refuse("NetStream.Failed", "The server is busy; try again.");
      }
      break;
    case Phase::kPublishing:
      if (silent >= options_.idle_limit) {
        fail_with("fell silent");
      }
      break;
    case Phase::kLeaving:
      if (in_phase >= kLeaveWithin) {
        drop();
      }
      break;
    case Phase::kClosed:
      break;
  }
}

}  // namespace estrad::ingest
