#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"
#include "store/page.h"
#include "webcast/event.h"

namespace estrad::store {

/// What is asked of a list of events: `?state=&series=&q=`.
struct EventQuery {
  std::optional<webcast::EventState> state = {};
  std::string series = {};
  std::string q = {};  ///< Words in title, description, speakers, topics and slug; any case.
  bool is_public_only = false;  ///< Leaves out drafts and unlisted events: the programme.
  PageRequest page = {};
};

/// Where a slug leads.
struct SlugMoved {
  std::string slug;  ///< The event's slug of today: a permanent redirect.
};
struct SlugDeleted {};  ///< 410
struct SlugUnknown {};  ///< 404
using SlugTarget = std::variant<webcast::Event, SlugMoved, SlugDeleted, SlugUnknown>;

/// A slug that is not any event's slug of today, for start-up.
struct OldSlug {
  std::string slug;
  std::string event_id;  ///< Empty: its event was deleted.
};

/// Events, and every slug that ever led to one: a slug never comes to lead to another event. Store
/// loop.
class Events {
 public:
  explicit Events(Database& database) : database_(database) {}

  /// Conflict (field `slug`) when the slug is or was another event's; InvalidInput (field `stage`)
  /// when there is no such stage.
  [[nodiscard]] Status add(const webcast::Event& event);
  /// Writes a newer version over an older one; Conflict when the stored one is as new or newer, and
  /// as in `add`. A changed slug leaves a redirect.
  [[nodiscard]] Status update(const webcast::Event& event);
  /// With its questions and log. All its slugs answer 410 for ever. Conflict while it is on air.
  [[nodiscard]] Status remove(std::string_view id);

  /// NotFound for an unknown id.
  [[nodiscard]] Result<webcast::Event> find(std::string_view id);
  [[nodiscard]] Result<SlugTarget> resolve(std::string_view slug);
  /// Newest start first (an event without times: by its making).
  [[nodiscard]] Result<Page<webcast::Event>> list(const EventQuery& query = {});

  /// Everything, for start-up.
  [[nodiscard]] Result<std::vector<webcast::Event>> all();
  [[nodiscard]] Result<std::vector<OldSlug>> old_slugs();

 private:
  [[nodiscard]] Status check_stage(const webcast::Event& event);
  [[nodiscard]] Status check_slug(const webcast::Event& event);
  [[nodiscard]] Status keep_slug(const webcast::Event& event);

  Database& database_;
};

}  // namespace estrad::store
