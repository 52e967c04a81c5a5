#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "webcast/event_state.h"

namespace estrad::webcast {

enum class Access { kPublic, kUnlisted, kSeats };
enum class Latency { kBalanced, kLowest, kScale };
enum class StartMode { kManual, kOnFeed };
enum class PublishMode { kReview, kAuto };
enum class QuestionMode { kModerated, kOpen, kOff };
enum class Language { kSv, kEn };

/// Names as in the API: `on_feed`, `moderated`, `sv`. parse_… gives nullopt for any other text.
[[nodiscard]] std::string_view to_string(Access value);
[[nodiscard]] std::string_view to_string(Latency value);
[[nodiscard]] std::string_view to_string(StartMode value);
[[nodiscard]] std::string_view to_string(PublishMode value);
[[nodiscard]] std::string_view to_string(QuestionMode value);
[[nodiscard]] std::string_view to_string(Language value);
[[nodiscard]] std::optional<Access> parse_access(std::string_view name);
[[nodiscard]] std::optional<Latency> parse_latency(std::string_view name);
[[nodiscard]] std::optional<StartMode> parse_start_mode(std::string_view name);
[[nodiscard]] std::optional<PublishMode> parse_publish_mode(std::string_view name);
[[nodiscard]] std::optional<QuestionMode> parse_question_mode(std::string_view name);
[[nodiscard]] std::optional<Language> parse_language(std::string_view name);

/// A page that belongs to the event: slides, programme, sign-up elsewhere.
struct Link {
  std::string title;
  std::string url;  ///< http or https, absolute.

  bool operator==(const Link&) const = default;
};

/// What staff decide about an event: the body of `POST /events`, field by field (event_json.h reads
/// and writes it). Check it with `validated` before it is used.
struct EventPlan {
  // who and what
  std::string slug;
  std::string title;
  std::string stage;        ///< Id of a stage; an event without one cannot start.
  std::string description;  ///< CommonMark without HTML.
  std::vector<std::string> speakers;
  std::string series;  ///< Slug of a series; empty for none.
  std::vector<std::string> topics;
  std::string audience;
  std::string price_text;
  std::string image;  ///< Address of a picture: absolute http(s), or a path on this server.
  std::vector<Link> links;

  // when
  std::optional<WallTime> starts_at;
  std::optional<WallTime> ends_at;
  std::string timezone = "Europe/Stockholm";
  Language language = Language::kSv;
  std::uint32_t lobby_minutes = 15;
  std::optional<WallTime> publish_at;
  std::optional<WallTime> withdraw_at;

  // how
  Access access = Access::kPublic;
  Latency latency = Latency::kBalanced;
  StartMode start = StartMode::kManual;
  PublishMode publish = PublishMode::kReview;
  QuestionMode questions = QuestionMode::kModerated;

  // registration and rehearsal: kept and shown, acted on by later versions
  std::optional<WallTime> sign_up_until;
  std::optional<std::uint32_t> seats;
  std::uint32_t seat_devices = 2;
  bool rehearsal = false;

  bool operator==(const EventPlan&) const = default;
};

/// `[a-z0-9-]{1,80}`: slugs of events and series.
[[nodiscard]] bool is_slug(std::string_view text);

/// The plan with its texts trimmed, or the first fault, as an error that names the field. Whether
/// the stage exists and the slug is free is for the store to say.
[[nodiscard]] Result<EventPlan> validated(EventPlan plan);

/// How the question box is held while the event runs; its mode is `EventPlan::questions`.
struct Moderation {
  std::uint32_t slow_s = 0;       ///< Seconds between two questions of one viewer; 0 for none.
  bool are_links_allowed = true;  ///< Otherwise a question with an address in it is refused.

  bool operator==(const Moderation&) const = default;
};

/// One webcast: its plan and what has become of it. A value; whoever changes it raises `version`
/// (state_machine.h and `revised` do), so that an older copy never overwrites a newer one.
struct Event {
  std::string id;
  EventPlan plan;
  EventState state = EventState::kPlanned;
  WallTime state_since{};
  WallTime created_at{};
  std::uint64_t version = 1;

  /// The first Go live; stays through pauses and reopening.
  std::optional<WallTime> started_at;
  /// The last end; none while live.
  std::optional<WallTime> ended_at;
  /// Folder of the take in the archive, from Go live for good. Never shown to viewers.
  std::string take_folder;
  /// Unguessable name of the take in media addresses; a new one after a withdrawal, so that old
  /// addresses are dead. Empty before Go live.
  std::string take_address;
  std::string cancel_message;
  Moderation moderation;

  bool operator==(const Event&) const = default;
};

/// A new event of a valid plan: planned, or a draft.
[[nodiscard]] Event make_event(EventPlan plan, EventState state, WallTime now);

/// The event under another plan. Checks the plan; Conflict when it moves what a running broadcast
/// stands on (stage, latency).
[[nodiscard]] Result<Event> revised(Event event, EventPlan plan);
/// The event with its question box held otherwise.
[[nodiscard]] Result<Event> moderated(Event event, QuestionMode mode, Moderation moderation);

/// Viewers may ask now: the box is on and the event is in the lobby or on air.
[[nodiscard]] bool accepts_questions(const Event& event);
/// The link answers with a page: everything but a draft.
[[nodiscard]] bool has_public_page(const Event& event);

}  // namespace estrad::webcast
