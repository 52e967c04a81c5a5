#pragma once

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "glib/event_loop.h"
#include "hls/request_rules.h"
#include "web/backend.h"
#include "web/exchange.h"
#include "web/shelf.h"
#include "web/viewer_counts.h"

namespace estrad::web {

/// Who may keep an answer of a channel: caches, or nobody (previews, recordings shown to staff).
enum class Keeping { kShared, kPrivate };

/// Gives out playlists, parts, segments and init segments: from the shelf without a copy, or else
/// from the Backend. What asks for the near future waits here and is answered by the snapshot that
/// brings it. The rules are those of hls/request_rules.h. Access was checked by the caller. Lives
/// on one http loop.
class Delivery {
 public:
  Delivery(glib::EventLoop& loop, const Shelf& shelf, Backend& backend, const Clock& clock,
           ViewerCounts& counts);

  void send_multivariant(const ExchangePtr& exchange, const std::string& channel, Keeping keeping);
  void send_playlist(const ExchangePtr& exchange, const std::string& channel,
                     const std::string& track, Keeping keeping);
  void send_media(const ExchangePtr& exchange, const std::string& channel, const std::string& track,
                  const std::string& file, Keeping keeping);

  /// The shelf has a new snapshot of the track: answers, in one pass, all that waited for it.
  void track_changed(const std::string& channel, const std::string& track);
  /// The shelf no longer has the channel: who waits is answered from the Backend.
  void channel_closed(const std::string& channel);

  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Waiting {
    ExchangePtr exchange;
    std::variant<hls::PlaylistRequest, hls::MediaName> wanted;
    SteadyTime since;
    Keeping keeping;
  };
  using Place = std::pair<std::string, std::string>;

  /// False when it has to wait on.
  bool try_answer(const Waiting& waiting, const hls::TrackSnapshot& snapshot, const Place& place);
  bool try_playlist(const Waiting& waiting, const hls::PlaylistRequest& request,
                    const hls::TrackSnapshot& snapshot);
  bool try_media(const Waiting& waiting, const hls::MediaName& name,
                 const hls::TrackSnapshot& snapshot, const Place& place);
  void answer_from_backend(const Waiting& waiting, const Place& place);
  void read_media(const ExchangePtr& exchange, const Place& place, const hls::MediaName& name,
                  Keeping keeping);
  void read_playlist(const ExchangePtr& exchange, const Place& place, Keeping keeping);
  void check_overdue();
  [[nodiscard]] milliseconds waited(const Waiting& waiting) const;

  // set once
  glib::EventLoop& loop_;
  const Shelf& shelf_;
  Backend& backend_;
  const Clock& clock_;
  ViewerCounts& counts_;

  // its loop only
  std::map<Place, std::vector<Waiting>> waiting_;
  glib::Timer overdue_;
};

}  // namespace estrad::web
