#include "web/delivery.h"

#include "web/media_response.h"
#include "web/problem.h"

namespace estrad::web {
namespace {

constexpr milliseconds kOverdueEvery{250};

std::string_view media_caching(Keeping keeping) {
  return keeping == Keeping::kShared ? cache::kForEver : cache::kNever;
}

/// hls.md: a blocking answer may be kept six target durations, a plain one half of one, at most a
/// second. After the end a reopening must be seen soon, whatever was asked.
std::string playlist_caching(const hls::PlaylistRequest& request,
                             const hls::TrackSnapshot& snapshot, Keeping keeping) {
  if (keeping == Keeping::kPrivate) {
    return std::string(cache::kNever);
  }
  if (request.is_blocking() && !snapshot.is_ended()) {
    return "public, max-age=" + std::to_string(6 * snapshot.timing().target_duration.count());
  }
  return std::string(cache::kOneSecond);
}

/// A Backend's refusal, as players shall see it.
Response backend_refusal(const Error& error) {
  if (error.kind == ErrorKind::kNotFound) {
    return refusal(404, "There is no such media.");
  }
  Response response = problem(error);
  response.is_cross_origin = true;
  return response;
}

}  // namespace

Delivery::Delivery(glib::EventLoop& loop, const Shelf& shelf, Backend& backend, const Clock& clock,
                   ViewerCounts& counts)
    : loop_(loop),
      shelf_(shelf),
      backend_(backend),
      clock_(clock),
      counts_(counts),
      overdue_(loop) {
  overdue_.start_repeating(kOverdueEvery, [this] { check_overdue(); });
}

void Delivery::send_multivariant(const ExchangePtr& exchange, const std::string& channel,
                                 Keeping keeping) {
  const Shelf::Channel* known = shelf_.channel(channel);
  if (known == nullptr || !known->playlist) {
    return read_playlist(exchange, {channel, ""}, keeping);
  }
  exchange->send(playlist_response(
      known->playlist->playlist, keeping == Keeping::kShared ? cache::kOneSecond : cache::kNever));
}

void Delivery::send_playlist(const ExchangePtr& exchange, const std::string& channel,
                             const std::string& track, Keeping keeping) {
  const auto request = hls::parse_playlist_request(exchange->raw_query());
  if (!request) {
    return exchange->send(refusal(400, request.error().message));
  }
  const auto snapshot = shelf_.track(channel, track);
  if (!snapshot) {
    return read_playlist(exchange, {channel, track}, keeping);
  }
  Waiting waiting{exchange, *request, clock_.steady(), keeping};
  if (!try_answer(waiting, *snapshot, {channel, track})) {
    waiting_[{channel, track}].push_back(std::move(waiting));
  }
}

void Delivery::send_media(const ExchangePtr& exchange, const std::string& channel,
                          const std::string& track, const std::string& file, Keeping keeping) {
  const auto name = hls::parse_media_name(file);
  if (!name) {
    return exchange->send(refusal(404, "There is no such media."));
  }
  const auto snapshot = shelf_.track(channel, track);
  if (!snapshot) {
    return read_media(exchange, {channel, track}, *name, keeping);
  }
  Waiting waiting{exchange, *name, clock_.steady(), keeping};
  if (!try_answer(waiting, *snapshot, {channel, track})) {
    waiting_[{channel, track}].push_back(std::move(waiting));
  }
}

void Delivery::track_changed(const std::string& channel, const std::string& track) {
  const Place place(channel, track);
  const auto snapshot = shelf_.track(channel, track);
  const auto found = waiting_.find(place);
  std::size_t players = 0;
  if (found != waiting_.end() && snapshot) {
    std::vector<Waiting> still;
    for (Waiting& waiting : found->second) {
      if (!try_answer(waiting, *snapshot, place)) {
        still.push_back(std::move(waiting));
      } else if (std::holds_alternative<hls::PlaylistRequest>(waiting.wanted)) {
        ++players;
      }
    }
    found->second = std::move(still);
  }
  if (snapshot && snapshot->track().kind == hls::TrackKind::kVideo) {
    counts_.set(channel, loop_.name() + "/" + track, players);
  }
}

void Delivery::channel_closed(const std::string& channel) {
  counts_.drop(channel);
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    if (entry->first.first != channel) {
      ++entry;
      continue;
    }
    for (const Waiting& waiting : entry->second) {
      answer_from_backend(waiting, entry->first);
    }
    entry = waiting_.erase(entry);
  }
}

std::size_t Delivery::waiting() const {
  std::size_t count = 0;
  for (const auto& [place, waiting] : waiting_) {
    count += waiting.size();
  }
  return count;
}

bool Delivery::try_answer(const Waiting& waiting, const hls::TrackSnapshot& snapshot,
                          const Place& place) {
  if (waiting.exchange->is_finished()) {
    return true;
  }
  if (const auto* request = std::get_if<hls::PlaylistRequest>(&waiting.wanted)) {
    return try_playlist(waiting, *request, snapshot);
  }
  return try_media(waiting, std::get<hls::MediaName>(waiting.wanted), snapshot, place);
}

bool Delivery::try_playlist(const Waiting& waiting, const hls::PlaylistRequest& request,
                            const hls::TrackSnapshot& snapshot) {
  switch (hls::decide(request, snapshot, waited(waiting))) {
    case hls::PlaylistAnswer::kNow:
      waiting.exchange->send(
          playlist_response(request.skip ? snapshot.delta_update() : snapshot.playlist(),
                            playlist_caching(request, snapshot, waiting.keeping)));
      return true;
    case hls::PlaylistAnswer::kWait:
      return false;
    case hls::PlaylistAnswer::kTooFar:
      waiting.exchange->send(refusal(400, "That is too far ahead of the live edge."));
      return true;
    case hls::PlaylistAnswer::kWaitedOut:
      waiting.exchange->send(
          refusal(503, "The broadcast has not come so far.").cached(cache::kNever));
      return true;
  }
  return true;
}

bool Delivery::try_media(const Waiting& waiting, const hls::MediaName& name,
                         const hls::TrackSnapshot& snapshot, const Place& place) {
  hls::MediaLookup lookup = snapshot.find(name);
  switch (lookup.state) {
    case hls::MediaLookup::State::kFound:
      waiting.exchange->send(media_response(place.second, name, std::move(lookup.chunks),
                                            media_caching(waiting.keeping)));
      return true;
    case hls::MediaLookup::State::kWait:
      if (waited(waiting) <= snapshot.timing().block_limit()) {
        return false;
      }
      waiting.exchange->send(refusal(404, "The broadcast has not come so far."));
      return true;
    case hls::MediaLookup::State::kElsewhere:
      read_media(waiting.exchange, place, name, waiting.keeping);
      return true;
    case hls::MediaLookup::State::kNever:
      waiting.exchange->send(refusal(404, "There is no such media."));
      return true;
  }
  return true;
}

void Delivery::answer_from_backend(const Waiting& waiting, const Place& place) {
  if (const auto* name = std::get_if<hls::MediaName>(&waiting.wanted)) {
    read_media(waiting.exchange, place, *name, waiting.keeping);
  } else {
    read_playlist(waiting.exchange, place, waiting.keeping);
  }
}

void Delivery::read_media(const ExchangePtr& exchange, const Place& place,
                          const hls::MediaName& name, Keeping keeping) {
  backend_.read_media({place.first, place.second, name}, [this, exchange, track = place.second,
                                                          name, keeping](Result<SharedBytes> read) {
    loop_.post([exchange, track, name, keeping, read = std::move(read)] {
      exchange->send(read ? media_response(track, name, {*read}, media_caching(keeping))
                          : backend_refusal(read.error()));
    });
  });
}

void Delivery::read_playlist(const ExchangePtr& exchange, const Place& place, Keeping keeping) {
  backend_.read_playlist(
      place.first, place.second, [this, exchange, keeping](Result<hls::Body> read) {
        loop_.post([exchange, keeping, read = std::move(read)] {
          exchange->send(read ? playlist_response(*read, keeping == Keeping::kShared
                                                             ? cache::kOneSecond
                                                             : cache::kNever)
                              : backend_refusal(read.error()));
        });
      });
}

void Delivery::check_overdue() {
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    const auto snapshot = shelf_.track(entry->first.first, entry->first.second);
    std::erase_if(entry->second, [&](const Waiting& waiting) {
      return !snapshot || try_answer(waiting, *snapshot, entry->first);
    });
    entry = entry->second.empty() ? waiting_.erase(entry) : std::next(entry);
  }
}

milliseconds Delivery::waited(const Waiting& waiting) const {
  return std::chrono::duration_cast<milliseconds>(clock_.steady() - waiting.since);
}

}  // namespace estrad::web
