#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "web/backend.h"

namespace estrad::test {

using web::AskedQuestion;
using web::AskOutcome;
using web::Credential;
using web::EventFilter;
using web::Identity;
using web::Listing;
using web::MediaAddress;
using web::ModerationChange;
using web::NewSession;
using web::NewUser;
using web::Page;
using web::PlanChange;
using web::StageView;
using web::TokenRequest;

/// Answers every call at once with something plausible, and remembers which calls came. Tokens and
/// sessions are the names of roles: "Bearer producer", "estrad_session=producer" with the CSRF
/// token "csrf-producer".
class RecordingBackend final : public web::Backend {
 public:
  [[nodiscard]] std::vector<std::string> calls() const;
  [[nodiscard]] std::size_t count(const std::string& call) const;
  void clear();

  void authenticate(Credential credential, Reply<Identity> reply) override;
  void sign_in(std::string email, std::string password, Reply<NewSession> reply) override;
  void sign_out(std::string session_secret, Reply<void> reply) override;
  void list_stages(Page page, Reply<Listing<StageView>> reply) override;
  void create_stage(webcast::Stage stage, Reply<StageView> reply) override;
  void get_stage(std::string id, Reply<StageView> reply) override;
  void rename_stage(std::string id, std::string name, Reply<StageView> reply) override;
  void remove_stage(std::string id, Reply<void> reply) override;
  void rotate_stage_keys(std::string id, Reply<StageView> reply) override;
  void get_signal(std::string stage_id, Reply<std::string> reply) override;
  void list_events(EventFilter filter, Reply<Listing<webcast::Event>> reply) override;
  void create_event(PlanChange change, webcast::EventState state,
                    Reply<webcast::Event> reply) override;
  void get_event(std::string slug, Reply<webcast::Event> reply) override;
  void change_event(std::string slug, PlanChange change, Reply<webcast::Event> reply) override;
  void remove_event(std::string slug, Reply<void> reply) override;
  void copy_event(std::string slug, PlanChange change, Reply<webcast::Event> reply) override;
  void command_event(std::string slug, webcast::Command command, std::string message,
                     webcast::Principal by, Reply<webcast::Event> reply) override;
  void list_questions(std::string slug, std::optional<webcast::QuestionState> state, Page page,
                      Reply<Listing<webcast::Question>> reply) override;
  void change_question(std::string slug, std::string id, webcast::QuestionChange change,
                       webcast::Principal by, Reply<webcast::Question> reply) override;
  void change_moderation(std::string slug, ModerationChange change,
                         Reply<webcast::Event> reply) override;
  void ask(std::string slug, AskedQuestion question, Reply<AskOutcome> reply) override;
  void get_asked(std::string slug, std::string id, std::string secret,
                 Reply<webcast::Question> reply) override;
  void withdraw_asked(std::string slug, std::string id, std::string secret,
                      Reply<void> reply) override;
  void read_log_page(std::string slug, std::uint64_t number, Reply<SharedBytes> reply) override;
  void read_log_replay(std::string slug, std::uint64_t revision, Reply<SharedBytes> reply) override;
  void list_users(Page page, Reply<Listing<webcast::User>> reply) override;
  void create_user(NewUser user, Reply<webcast::User> reply) override;
  void remove_user(std::string email, Reply<void> reply) override;
  void list_tokens(Page page, Reply<Listing<webcast::ApiToken>> reply) override;
  void create_token(TokenRequest token, Reply<webcast::NewToken> reply) override;
  void remove_token(std::string id, Reply<void> reply) override;
  void read_media(MediaAddress address, Reply<SharedBytes> reply) override;
  void read_playlist(std::string take, std::string track, Reply<hls::Body> reply) override;
  void open_console(std::string slug,
                    Reply<std::vector<std::pair<std::string, std::string>>> reply) override;
  void check_ready(Reply<void> reply) override;
  void read_metrics(Reply<std::string> reply) override;

 private:
  void note(std::string call);

  mutable std::mutex mutex_;
  std::vector<std::string> calls_;
};

}  // namespace estrad::test
