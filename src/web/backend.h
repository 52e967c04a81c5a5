#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/reply.h"
#include "base/result.h"
#include "hls/media_name.h"
#include "hls/snapshot.h"
#include "webcast/event.h"
#include "webcast/question.h"
#include "webcast/question_box.h"
#include "webcast/stage.h"
#include "webcast/state_machine.h"
#include "webcast/user.h"

namespace estrad::web {

/// Which part of a list: at most `limit` items that come after the one called `after`.
struct Page {
  std::size_t limit = 50;
  std::string after = {};
};

template <typename T>
struct Listing {
  std::vector<T> items;
  /// What the next page's `after` is; nullopt when this is the last.
  std::optional<std::string> next = std::nullopt;
};

/// What a request proves its sender by.
struct Credential {
  enum class Kind { kToken, kSession };
  Kind kind = Kind::kToken;
  std::string secret;
};

/// Who a credential belongs to. `csrf` is the session's token, empty for API tokens.
struct Identity {
  webcast::Principal principal;
  std::string csrf = {};
};

struct NewSession {
  /// Goes into the cookie.
  std::string secret;
  Identity identity;
  std::chrono::seconds lifetime{};
};

/// A plan as a request wants it, made from the one that is (for a new event: an empty one); run
/// where the plan lives. An error names the field.
using PlanChange = std::function<Result<webcast::EventPlan>(const webcast::EventPlan& base)>;

struct EventFilter {
  std::optional<webcast::EventState> state = std::nullopt;
  std::string series = {};
  /// Words in title or description.
  std::string text = {};
  Page page = {};
};

/// What the studio is shown of a stage; addresses are complete (`rtmp://host:1935/live`), empty
/// where the door is closed.
struct StageView {
  webcast::Stage stage;
  std::string rtmp_url;
  std::string srt_url;
  std::string whip_url;
  std::string present_url;
};

struct AskedQuestion {
  std::string text;
  std::string name;
  /// Who sends, for the limits; never stored in the clear. `viewer` may be empty.
  std::string viewer;
  std::string client_address;
};

/// What became of an asked question. With a `retry_after` nothing was taken: the sender has to
/// wait so long.
struct AskOutcome {
  webcast::Asked asked = {};
  milliseconds retry_after{0};
};

/// How the question box is to be held; absent is unchanged.
struct ModerationChange {
  std::optional<webcast::QuestionMode> mode = std::nullopt;
  std::optional<std::uint32_t> slow_s = std::nullopt;
  std::optional<bool> are_links_allowed = std::nullopt;
};

struct NewUser {
  std::string email;
  std::string password;
  webcast::Role role;
};

struct TokenRequest {
  std::string name;
  webcast::Role role;
  std::optional<WallTime> expires_at;
};

/// One media file of a take.
struct MediaAddress {
  /// The take_address of its event.
  std::string take;
  /// "v720".
  std::string track;
  hls::MediaName name;
};

/// All that the http loops ask of the rest of the program. Implemented by app.
///
/// Every method may be called on any http loop, at any time between Site::create and Site::stop,
/// and never blocks. A Reply may be called on any thread, exactly once; also after Site::stop, but
/// not after the Site is destroyed. Permission (role × route) is checked before the call; state and
/// limits are the Backend's. Errors reach the client with their message and field.
class Backend {
 public:
  virtual ~Backend() = default;

  // Who asks. kNotFound when the credential is unknown or over.
  virtual void authenticate(Credential credential, Reply<Identity> reply) = 0;
  /// kNotFound for a wrong address and for a wrong password alike.
  virtual void sign_in(std::string email, std::string password, Reply<NewSession> reply) = 0;
  virtual void sign_out(std::string session_secret, Reply<void> reply) = 0;

  // Stages.
  virtual void list_stages(Page page, Reply<Listing<StageView>> reply) = 0;
  virtual void create_stage(webcast::Stage stage, Reply<StageView> reply) = 0;
  virtual void get_stage(std::string id, Reply<StageView> reply) = 0;
  virtual void rename_stage(std::string id, std::string name, Reply<StageView> reply) = 0;
  virtual void remove_stage(std::string id, Reply<void> reply) = 0;
  virtual void rotate_stage_keys(std::string id, Reply<StageView> reply) = 0;
  /// A JSON object, as interface.md lists its fields.
  virtual void get_signal(std::string stage_id, Reply<std::string> reply) = 0;

  // Events.
  virtual void list_events(EventFilter filter, Reply<Listing<webcast::Event>> reply) = 0;
  /// `state` is planned or draft.
  virtual void create_event(PlanChange change, webcast::EventState state,
                            Reply<webcast::Event> reply) = 0;
  virtual void get_event(std::string slug, Reply<webcast::Event> reply) = 0;
  virtual void change_event(std::string slug, PlanChange change, Reply<webcast::Event> reply) = 0;
  virtual void remove_event(std::string slug, Reply<void> reply) = 0;
  /// A new event with the plan of `slug`, changed.
  virtual void copy_event(std::string slug, PlanChange change, Reply<webcast::Event> reply) = 0;
  /// `message` is what a cancelled event says.
  virtual void command_event(std::string slug, webcast::Command command, std::string message,
                             webcast::Principal by, Reply<webcast::Event> reply) = 0;

  // Questions, as staff.
  virtual void list_questions(std::string slug, std::optional<webcast::QuestionState> state,
                              Page page, Reply<Listing<webcast::Question>> reply) = 0;
  virtual void change_question(std::string slug, std::string id, webcast::QuestionChange change,
                               webcast::Principal by, Reply<webcast::Question> reply) = 0;
  virtual void change_moderation(std::string slug, ModerationChange change,
                                 Reply<webcast::Event> reply) = 0;

  // Questions, as a viewer.
  /// Conflict when the event takes none now.
  virtual void ask(std::string slug, AskedQuestion question, Reply<AskOutcome> reply) = 0;
  /// kNotFound, here and below, for an unknown id and for a wrong secret alike.
  virtual void get_asked(std::string slug, std::string id, std::string secret,
                         Reply<webcast::Question> reply) = 0;
  virtual void withdraw_asked(std::string slug, std::string id, std::string secret,
                              Reply<void> reply) = 0;

  // The public log, where the published snapshot has no longer the page.
  virtual void read_log_page(std::string slug, std::uint64_t number, Reply<SharedBytes> reply) = 0;
  /// The whole log of a recording as one JSON file.
  virtual void read_log_replay(std::string slug, std::uint64_t revision,
                               Reply<SharedBytes> reply) = 0;

  // Users and tokens.
  virtual void list_users(Page page, Reply<Listing<webcast::User>> reply) = 0;
  virtual void create_user(NewUser user, Reply<webcast::User> reply) = 0;
  virtual void remove_user(std::string email, Reply<void> reply) = 0;
  virtual void list_tokens(Page page, Reply<Listing<webcast::ApiToken>> reply) = 0;
  virtual void create_token(TokenRequest token, Reply<webcast::NewToken> reply) = 0;
  virtual void remove_token(std::string id, Reply<void> reply) = 0;

  // What no snapshot holds: recordings, and live media that has left the window. Access was
  // checked.
  virtual void read_media(MediaAddress address, Reply<SharedBytes> reply) = 0;
  /// `track` empty: the multivariant playlist, with `take`/ before each track's address.
  virtual void read_playlist(std::string take, std::string track, Reply<hls::Body> reply) = 0;

  // Consoles and operators.
  /// Console messages that bring a page that has just opened up to date; `slug` empty: the console
  /// over all events. Each is {event name, JSON}.
  virtual void open_console(std::string slug,
                            Reply<std::vector<std::pair<std::string, std::string>>> reply) = 0;
  /// An error says what is not ready (database, disk, doors).
  virtual void check_ready(Reply<void> reply) = 0;
  /// Prometheus text of everything but the http front.
  virtual void read_metrics(Reply<std::string> reply) = 0;
};

}  // namespace estrad::web
