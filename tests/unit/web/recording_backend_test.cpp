#include "recording_backend.h"

#include <algorithm>

namespace estrad::test {
namespace {

StageView some_stage(const std::string& id) {
  StageView view;
  view.stage.id = id;
  view.stage.name = "Stage";
  view.stage.key = "secret-key";
  return view;
}

webcast::Event some_event(const std::string& slug) {
  webcast::Event event;
  event.plan.slug = slug;
  event.plan.title = "Event";
  return event;
}

Result<webcast::Event> made_by(const PlanChange& change, webcast::EventPlan base) {
  auto plan = change(base);
  if (!plan) {
    return fail(std::move(plan).error());
  }
  webcast::Event event;
  event.plan = std::move(*plan);
  return event;
}

webcast::Question some_question(const std::string& id) {
  webcast::Question question;
  question.id = id;
  question.text = "Why?";
  return question;
}

}  // namespace

std::vector<std::string> RecordingBackend::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

std::size_t RecordingBackend::count(const std::string& call) const {
  const auto all = calls();
  return static_cast<std::size_t>(std::count(all.begin(), all.end(), call));
}

void RecordingBackend::clear() {
  const std::lock_guard lock(mutex_);
  calls_.clear();
}

void RecordingBackend::note(std::string call) {
  const std::lock_guard lock(mutex_);
  calls_.push_back(std::move(call));
}

void RecordingBackend::authenticate(Credential credential, Reply<Identity> reply) {
  note("authenticate");
  const auto role = webcast::parse_role(credential.secret);
  if (!role) {
    return reply(fail(not_found("no such credential")));
  }
  Identity identity;
  identity.principal.role = *role;
  identity.principal.name = credential.secret + "@example.org";
  if (credential.kind == Credential::Kind::kSession) {
    identity.csrf = "csrf-" + credential.secret;
  }
  reply(identity);
}

void RecordingBackend::sign_in(std::string email, std::string password, Reply<NewSession> reply) {
  note("sign_in");
  if (password != "a long password") {
    return reply(fail(not_found("no such user")));
  }
  NewSession session;
  session.secret = "admin";
  session.identity.principal.name = std::move(email);
  session.identity.principal.role = webcast::Role::kAdmin;
  session.identity.csrf = "csrf-admin";
  session.lifetime = std::chrono::hours(12);
  reply(session);
}

void RecordingBackend::sign_out(std::string, Reply<void> reply) {
  note("sign_out");
  reply({});
}
void RecordingBackend::list_stages(Page, Reply<Listing<StageView>> reply) {
  note("list_stages");
  reply(Listing<StageView>{{some_stage("hall")}, std::nullopt});
}
void RecordingBackend::create_stage(webcast::Stage stage, Reply<StageView> reply) {
  note("create_stage");
  reply(some_stage(stage.id));
}
void RecordingBackend::get_stage(std::string id, Reply<StageView> reply) {
  note("get_stage");
  reply(some_stage(id));
}
void RecordingBackend::rename_stage(std::string id, std::string, Reply<StageView> reply) {
  note("rename_stage");
  reply(some_stage(id));
}
void RecordingBackend::remove_stage(std::string, Reply<void> reply) {
  note("remove_stage");
  reply({});
}
void RecordingBackend::rotate_stage_keys(std::string id, Reply<StageView> reply) {
  note("rotate_stage_keys");
  reply(some_stage(id));
}
void RecordingBackend::get_signal(std::string, Reply<std::string> reply) {
  note("get_signal");
  reply(std::string(R"({"connected":false})"));
}
void RecordingBackend::list_events(EventFilter, Reply<Listing<webcast::Event>> reply) {
  note("list_events");
  reply(Listing<webcast::Event>{{some_event("talk")}, "talk"});
}
void RecordingBackend::create_event(PlanChange change, webcast::EventState,
                                    Reply<webcast::Event> reply) {
  note("create_event");
  reply(made_by(change, {}));
}
void RecordingBackend::get_event(std::string slug, Reply<webcast::Event> reply) {
  note("get_event");
  reply(some_event(slug));
}
void RecordingBackend::change_event(std::string slug, PlanChange change,
                                    Reply<webcast::Event> reply) {
  note("change_event");
  reply(made_by(change, some_event(slug).plan));
}
void RecordingBackend::remove_event(std::string, Reply<void> reply) {
  note("remove_event");
  reply({});
}
void RecordingBackend::copy_event(std::string slug, PlanChange change,
                                  Reply<webcast::Event> reply) {
  note("copy_event");
  reply(made_by(change, some_event(slug).plan));
}
void RecordingBackend::command_event(std::string slug, webcast::Command command, std::string,
                                     webcast::Principal, Reply<webcast::Event> reply) {
  note("command_event " + std::string(to_string(command)));
  reply(some_event(slug));
}
void RecordingBackend::list_questions(std::string, std::optional<webcast::QuestionState>, Page,
                                      Reply<Listing<webcast::Question>> reply) {
  note("list_questions");
  reply(Listing<webcast::Question>{{some_question("q1")}, std::nullopt});
}
void RecordingBackend::change_question(std::string, std::string id, webcast::QuestionChange,
                                       webcast::Principal, Reply<webcast::Question> reply) {
  note("change_question");
  reply(some_question(id));
}
void RecordingBackend::change_moderation(std::string slug, ModerationChange,
                                         Reply<webcast::Event> reply) {
  note("change_moderation");
  reply(some_event(slug));
}
void RecordingBackend::ask(std::string, AskedQuestion question, Reply<AskOutcome> reply) {
  note("ask");
  AskOutcome outcome;
  if (question.text == "too soon") {
    outcome.retry_after = milliseconds(2'500);
    return reply(outcome);
  }
  outcome.asked = {some_question("q1"), "the-secret"};
  reply(outcome);
}
void RecordingBackend::get_asked(std::string, std::string id, std::string secret,
                                 Reply<webcast::Question> reply) {
  note("get_asked");
  if (secret != "the-secret") {
    return reply(fail(not_found("no such question")));
  }
  reply(some_question(id));
}
void RecordingBackend::withdraw_asked(std::string, std::string, std::string secret,
                                      Reply<void> reply) {
  note("withdraw_asked");
  if (secret != "the-secret") {
    return reply(fail(not_found("no such question")));
  }
  reply({});
}
void RecordingBackend::read_log_page(std::string, std::uint64_t number, Reply<SharedBytes> reply) {
  note("read_log_page " + std::to_string(number));
  reply(share(std::string_view("{\"page\":\"stored\"}")));
}
void RecordingBackend::read_log_replay(std::string, std::uint64_t, Reply<SharedBytes> reply) {
  note("read_log_replay");
  reply(share(std::string_view("{\"rev\":1,\"entries\":[]}")));
}
void RecordingBackend::list_users(Page, Reply<Listing<webcast::User>> reply) {
  note("list_users");
  reply(Listing<webcast::User>{});
}
void RecordingBackend::create_user(NewUser user, Reply<webcast::User> reply) {
  note("create_user");
  webcast::User made;
  made.email = user.email;
  made.role = user.role;
  reply(made);
}
void RecordingBackend::remove_user(std::string email, Reply<void> reply) {
  note("remove_user " + email);
  reply({});
}
void RecordingBackend::list_tokens(Page, Reply<Listing<webcast::ApiToken>> reply) {
  note("list_tokens");
  reply(Listing<webcast::ApiToken>{});
}
void RecordingBackend::create_token(TokenRequest, Reply<webcast::NewToken> reply) {
  note("create_token");
  reply(webcast::NewToken{});
}
void RecordingBackend::remove_token(std::string, Reply<void> reply) {
  note("remove_token");
  reply({});
}
void RecordingBackend::read_media(MediaAddress address, Reply<SharedBytes> reply) {
  note("read_media " + address.track + "/" + to_string(address.name));
  if (address.track != "v720") {
    return reply(fail(not_found("no such track")));
  }
  reply(share(std::string_view("recorded bytes")));
}
void RecordingBackend::read_playlist(std::string take, std::string track, Reply<hls::Body> reply) {
  note("read_playlist " + take + "/" + track);
  reply(hls::make_body("#EXTM3U\n#EXT-X-ENDLIST\n"));
}
void RecordingBackend::open_console(std::string,
                                    Reply<std::vector<std::pair<std::string, std::string>>> reply) {
  note("open_console");
  reply(std::vector<std::pair<std::string, std::string>>{{"presence", "{\"viewers\":0}"}});
}
void RecordingBackend::check_ready(Reply<void> reply) {
  note("check_ready");
  reply({});
}
void RecordingBackend::read_metrics(Reply<std::string> reply) {
  note("read_metrics");
  reply(std::string("estrad_events 1\n"));
}

}  // namespace estrad::test
