#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "app/directory.h"
#include "app/recordings.h"
#include "app/store_access.h"
#include "base/clock.h"
#include "glib/event_loop.h"
#include "live/broadcasts.h"
#include "web/backend.h"

namespace estrad::app {

/// What the backend stands on; all of it outlives the backend.
struct BackendParts {
  const Clock& clock;
  StoreAccess& store;
  /// A second connection for sign-ins: checking a password takes its time, and nobody shall wait.
  StoreAccess& accounts;
  Recordings& recordings;
  glib::EventLoop& live_loop;
  // live loop only
  std::unique_ptr<live::Broadcasts>& broadcasts;
  Directory& directory;
};

/// The program as the http front asks for it: every call is carried to the loop that owns the
/// thing. Any thread.
class Backend final : public web::Backend {
 public:
  explicit Backend(BackendParts parts) : parts_(std::move(parts)) {}

  /// Where encoders send, once the doors are open: `rtmp://host:port/live`.
  void set_rtmp_url(std::string url) { rtmp_url_ = std::move(url); }

  /// What is called when a token, a user or a session is no longer valid. Set before the first
  /// request can come; called on any thread.
  void set_identities_gone(std::function<void()> call) { identities_gone_ = std::move(call); }

  void authenticate(web::Credential credential, Reply<web::Identity> reply) override;
  void sign_in(std::string email, std::string password, Reply<web::NewSession> reply) override;
  void sign_out(std::string session_secret, Reply<void> reply) override;

  void list_stages(web::Page page, Reply<web::Listing<web::StageView>> reply) override;
  void create_stage(webcast::Stage stage, Reply<web::StageView> reply) override;
  void get_stage(std::string id, Reply<web::StageView> reply) override;
  void rename_stage(std::string id, std::string name, Reply<web::StageView> reply) override;
  void remove_stage(std::string id, Reply<void> reply) override;
  void rotate_stage_keys(std::string id, Reply<web::StageView> reply) override;
  void get_signal(std::string stage_id, Reply<std::string> reply) override;

  void list_events(web::EventFilter filter, Reply<web::Listing<webcast::Event>> reply) override;
  void create_event(web::PlanChange change, webcast::EventState state,
                    Reply<webcast::Event> reply) override;
  void get_event(std::string slug, Reply<webcast::Event> reply) override;
  void change_event(std::string slug, web::PlanChange change, Reply<webcast::Event> reply) override;
  void remove_event(std::string slug, Reply<void> reply) override;
  void copy_event(std::string slug, web::PlanChange change, Reply<webcast::Event> reply) override;
  void command_event(std::string slug, webcast::Command command, std::string message,
                     webcast::Principal by, Reply<webcast::Event> reply) override;

  void list_questions(std::string slug, std::optional<webcast::QuestionState> state, web::Page page,
                      Reply<web::Listing<webcast::Question>> reply) override;
  void change_question(std::string slug, std::string id, webcast::QuestionChange change,
                       webcast::Principal by, Reply<webcast::Question> reply) override;
  void change_moderation(std::string slug, web::ModerationChange change,
                         Reply<webcast::Event> reply) override;
  void ask(std::string slug, web::AskedQuestion question, Reply<web::AskOutcome> reply) override;
  void get_asked(std::string slug, std::string id, std::string secret,
                 Reply<webcast::Question> reply) override;
  void withdraw_asked(std::string slug, std::string id, std::string secret,
                      Reply<void> reply) override;
  void read_log_page(std::string slug, std::uint64_t number, Reply<SharedBytes> reply) override;
  void read_log_replay(std::string slug, std::uint64_t revision, Reply<SharedBytes> reply) override;

  void list_users(web::Page page, Reply<web::Listing<webcast::User>> reply) override;
  void create_user(web::NewUser user, Reply<webcast::User> reply) override;
  void remove_user(std::string email, Reply<void> reply) override;
  void list_tokens(web::Page page, Reply<web::Listing<webcast::ApiToken>> reply) override;
  void create_token(web::TokenRequest token, Reply<webcast::NewToken> reply) override;
  void remove_token(std::string id, Reply<void> reply) override;

  void read_media(web::MediaAddress address, Reply<SharedBytes> reply) override;
  void read_playlist(std::string take, std::string track, Reply<hls::Body> reply) override;

  void open_console(std::string slug,
                    Reply<std::vector<std::pair<std::string, std::string>>> reply) override;
  void check_ready(Reply<void> reply) override;
  void read_metrics(Reply<std::string> reply) override;

 private:
  /// Runs `task(broadcasts)` on the live loop, or answers that the server is not up (yet, or any
  /// longer).
  template <typename T, typename Task>
  void on_live(Reply<T> reply, Task task) {
    parts_.live_loop.post([this, reply = std::move(reply), task = std::move(task)]() mutable {
      if (!parts_.broadcasts) {
        reply(fail(unavailable("the server is starting or stopping; try again in a moment")));
        return;
      }
      task(*parts_.broadcasts, std::move(reply));
    });
  }

  /// The same for the event with this slug: `task(broadcasts, event_id, reply)`.
  template <typename T, typename Task>
  void on_event(std::string slug, Reply<T> reply, Task task) {
    on_live<T>(std::move(reply), [this, slug = std::move(slug), task = std::move(task)](
                                     live::Broadcasts& live, Reply<T> answer) mutable {
      auto id = parts_.directory.id_of(slug);
      if (!id) {
        answer(fail(not_found("there is no event \"" + slug + "\"")));
        return;
      }
      task(live, std::move(*id), std::move(answer));
    });
  }

  /// Writes a line of the audit trail, without anybody waiting for it.
  void note(const webcast::Principal& by, std::string action, std::string subject,
            std::string detail = {});
  /// The reply, after the http front was told to forget whom it knew.
  [[nodiscard]] Reply<void> forgetting(Reply<void> reply) const;
  [[nodiscard]] web::StageView view(webcast::Stage stage) const;
  /// Stores a changed stage, tells the live loop, answers with its view.
  void store_stage(std::string id, std::function<Result<webcast::Stage>(webcast::Stage)> change,
                   Reply<web::StageView> reply);

  BackendParts parts_;
  // set once, before the doors let anybody in
  std::string rtmp_url_;
  std::function<void()> identities_gone_ = [] {};
};

}  // namespace estrad::app
