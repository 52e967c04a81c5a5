#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "http_client.h"
#include "track_list.h"

namespace estrad::load {

/// What the whole crowd has learnt of one track: its parts, and when the first of all viewers saw
/// each listed. Viewers mostly get the same bytes, so each distinct playlist is unpacked and read
/// once: that is what keeps the generator cheap.
class Track {
 public:
  using ListPtr = std::shared_ptr<const TrackList>;

  /// The body of an answer, unpacked.
  [[nodiscard]] static Result<std::string> text_of(const HttpClient::Answer& answer);
  /// The playlist of an answer with status 200.
  [[nodiscard]] Result<ListPtr> read(const HttpClient::Answer& answer, SteadyTime now);

  /// When the first viewer saw the part listed.
  [[nodiscard]] SteadyTime listed_at(PartKey key) const { return listed_.at(key); }
  /// The parts from the one to the other, both counted.
  [[nodiscard]] std::size_t count(PartKey from, PartKey to) const;

  /// From now on parts are not waited for any more: the newest is the last.
  void close();
  /// The last part that counts; nullopt while the track is followed.
  [[nodiscard]] std::optional<PartKey> last() const { return last_; }

 private:
  /// Of distinct bodies; enough for all that is on the way at one time.
  static constexpr std::size_t kMostRemembered = 64;

  std::unordered_map<std::string, ListPtr> read_;
  std::map<PartKey, SteadyTime> listed_;
  std::optional<PartKey> last_;
};

}  // namespace estrad::load
