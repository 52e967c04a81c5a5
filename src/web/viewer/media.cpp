#include <functional>

#include "web/desk.h"
#include "web/handlers.h"
#include "web/media_response.h"
#include "web/viewer/place.h"

namespace estrad::web {
namespace {

using webcast::MediaAccess;

/// Lets staff through to what is not public; 403 for everyone else.
void admit_staff(Desk& desk, const ExchangePtr& exchange, std::function<void(Keeping)> then) {
  desk.guard.identify(
      exchange, [exchange, then = std::move(then)](Result<std::optional<Identity>> found) {
        if (found && *found && (*found)->principal.may(webcast::Permission::kReadEvents)) {
          return then(Keeping::kPrivate);
        }
        exchange->send(refusal(403, "This recording is not public."));
      });
}

/// Runs `then` with the event when its media may be given to the sender. Guessed addresses fare no
/// better: before Go live there is nothing under any name.
void with_media(Desk& desk, const ExchangePtr& exchange,
                std::function<void(const webcast::Event&, Keeping)> then) {
  const auto view = find_event(desk, exchange);
  if (!view) {
    return;
  }
  const std::string& take = exchange->param("take");
  switch (webcast::media_access(view->event)) {
    case MediaAccess::kNobodyYet:
      return exchange->send(refusal(404, "The broadcast has not begun.").with("Retry-After", "2"));
    case MediaAccess::kEveryone:
      if (!take.empty() && take != view->event.take_address) {
        return exchange->send(refusal(404, "There is no such media."));
      }
      return then(view->event, Keeping::kShared);
    case MediaAccess::kStaffOnly:
    case MediaAccess::kSeatHolders:
      return admit_staff(desk, exchange, [view, exchange, take, then](Keeping keeping) {
        if (!take.empty() && take != view->event.take_address) {
          return exchange->send(refusal(404, "There is no such media."));
        }
        then(view->event, keeping);
      });
  }
}

/// "v720" of "v720.m3u8"; empty for any other name.
std::string track_of(const std::string& playlist) {
  constexpr std::string_view kSuffix = ".m3u8";
  if (playlist.size() <= kSuffix.size() ||
      playlist.compare(playlist.size() - kSuffix.size(), kSuffix.size(), kSuffix) != 0) {
    return {};
  }
  return playlist.substr(0, playlist.size() - kSuffix.size());
}

void send_playlist_of(Desk& desk, const ExchangePtr& exchange, const std::string& channel,
                      Keeping keeping) {
  const std::string track = track_of(exchange->param("playlist"));
  if (track.empty()) {
    return exchange->send(refusal(404, "There is no such playlist."));
  }
  desk.delivery.send_playlist(exchange, channel, track, keeping);
}

std::string preview_channel(const Exchange& exchange) {
  return "preview-" + exchange.param("id");
}

}  // namespace

void send_index(Desk& desk, const ExchangePtr& exchange) {
  with_media(desk, exchange, [&desk, exchange](const webcast::Event& event, Keeping keeping) {
    desk.delivery.send_multivariant(exchange, event.take_address, keeping);
  });
}

void send_track_playlist(Desk& desk, const ExchangePtr& exchange) {
  with_media(desk, exchange, [&desk, exchange](const webcast::Event& event, Keeping keeping) {
    send_playlist_of(desk, exchange, event.take_address, keeping);
  });
}

void send_track_media(Desk& desk, const ExchangePtr& exchange) {
  with_media(desk, exchange, [&desk, exchange](const webcast::Event& event, Keeping keeping) {
    desk.delivery.send_media(exchange, event.take_address, exchange->param("track"),
                             exchange->param("file"), keeping);
  });
}

void send_preview_index(Desk& desk, const ExchangePtr& exchange) {
  const std::string channel = preview_channel(*exchange);
  if (desk.shelf.channel(channel) == nullptr) {
    return exchange->send(refusal(404, "Nothing comes in.").with("Retry-After", "1"));
  }
  desk.delivery.send_multivariant(exchange, channel, Keeping::kPrivate);
}

void send_preview_playlist(Desk& desk, const ExchangePtr& exchange) {
  if (track_of(exchange->param("playlist")).empty()) {
    // TRACK/FILE: a multivariant playlist without a prefix puts no take before the track.
    return desk.delivery.send_media(exchange, preview_channel(*exchange), exchange->param("take"),
                                    exchange->param("playlist"), Keeping::kPrivate);
  }
  send_playlist_of(desk, exchange, preview_channel(*exchange), Keeping::kPrivate);
}

void send_preview_media(Desk& desk, const ExchangePtr& exchange) {
  desk.delivery.send_media(exchange, preview_channel(*exchange), exchange->param("track"),
                           exchange->param("file"), Keeping::kPrivate);
}

}  // namespace estrad::web
