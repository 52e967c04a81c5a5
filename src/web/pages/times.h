#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"
#include "webcast/event.h"

/// Times as people read them: in the event's time zone, in the page's language.
namespace estrad::web {

class LocalTimes {
 public:
  /// An unknown zone counts as UTC.
  LocalTimes(std::string zone, webcast::Language language)
      : timezone_(std::move(zone)), language_(language) {}

  /// `tisdag 3 mars 2026 13:00–14:00`; with both days where it ends on another.
  [[nodiscard]] std::string span(WallTime starts, std::optional<WallTime> ends) const;
  /// `13:00–14:00`
  [[nodiscard]] std::string hours(WallTime starts, std::optional<WallTime> ends) const;
  /// `tisdag 3 mars`
  [[nodiscard]] std::string day(WallTime time) const;
  /// `3 mars 2026`
  [[nodiscard]] std::string short_day(WallTime time) const;
  /// `2026-03-03`: the day that it is there.
  [[nodiscard]] std::string date(WallTime time) const;

 private:
  std::string timezone_;
  webcast::Language language_;
};

/// `2026-03-03T12:00:00Z`, for `<time datetime>`.
[[nodiscard]] std::string utc_text(WallTime time);

}  // namespace estrad::web
