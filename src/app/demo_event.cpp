#include "app/demo_event.h"

#include <future>

#include "app/server.h"
#include "base/ids.h"

namespace estrad::app {
namespace {

constexpr const char* kSlug = "demo";
constexpr const char* kEmail = "demo@estrad.example";

/// Asks the server and waits for what it answers.
template <typename T, typename Call>
Result<T> ask(Call call) {
  std::promise<Result<T>> promise;
  auto answer = promise.get_future();
  call(Reply<T>([&promise](Result<T> result) { promise.set_value(std::move(result)); }));
  return answer.get();
}

Result<web::StageView> find_or_make_stage(Backend& backend) {
  auto stage = ask<web::StageView>([&](auto reply) { backend.get_stage(kSlug, std::move(reply)); });
  if (stage || stage.error().kind != ErrorKind::kNotFound) {
    return stage;
  }
  auto made = webcast::make_stage(kSlug, "Demo", SystemClock().wall());
  if (!made) {
    return fail(std::move(made).error());
  }
  return ask<web::StageView>(
      [&](auto reply) { backend.create_stage(std::move(*made), std::move(reply)); });
}

Result<webcast::EventPlan> demo_plan(webcast::EventPlan plan) {
  plan.slug = kSlug;
  plan.title = "Estrad demo";
  plan.stage = kSlug;
  plan.description =
      "A built-in presenter sends this picture over RTMP. The clock in it is the clock of the "
      "machine: compare it with your own.\n\nAsk a question beside the picture, and approve it in "
      "the studio.";
  plan.speakers = {"The built-in presenter"};
  plan.language = webcast::Language::kEn;
  plan.publish = webcast::PublishMode::kAuto;
  return plan;
}

Result<webcast::Event> find_or_make_event(Backend& backend) {
  auto event = ask<webcast::Event>([&](auto reply) { backend.get_event(kSlug, std::move(reply)); });
  if (event || event.error().kind != ErrorKind::kNotFound) {
    return event;
  }
  return ask<webcast::Event>([&](auto reply) {
    backend.create_event([](const webcast::EventPlan& base) { return demo_plan(base); },
                         webcast::EventState::kPlanned, std::move(reply));
  });
}

/// The event of an earlier run may stand in any state; from most of them it goes on.
Status go_live(Backend& backend, const webcast::Event& event) {
  if (webcast::is_on_air(event.state)) {
    return {};
  }
  const bool is_over = event.ended_at.has_value();
  const webcast::Principal by{webcast::Principal::Kind::kToken, "demo", "demo",
                              webcast::Role::kAdmin};
  auto started = ask<webcast::Event>([&](auto reply) {
    backend.command_event(kSlug, is_over ? webcast::Command::kReopen : webcast::Command::kStart, {},
                          by, std::move(reply));
  });
  return started ? Status() : fail(std::move(started).error());
}

Result<std::string> fresh_sign_in(Backend& backend) {
  // Whoever had the last run's password has it no longer.
  static_cast<void>(ask<void>([&](auto reply) { backend.remove_user(kEmail, std::move(reply)); }));
  std::string password = random_id(12);
  auto user = ask<webcast::User>([&](auto reply) {
    backend.create_user({kEmail, password, webcast::Role::kAdmin}, std::move(reply));
  });
  if (!user) {
    return fail(std::move(user).error());
  }
  return password;
}

}  // namespace

Result<DemoEvent> prepare_demo_event(Server& server) {
  Backend& backend = server.backend();
  auto stage = find_or_make_stage(backend);
  if (!stage) {
    return fail(std::move(stage).error());
  }
  auto event = find_or_make_event(backend);
  if (!event) {
    return fail(std::move(event).error());
  }
  if (auto live = go_live(backend, *event); !live) {
    return fail(std::move(live).error());
  }
  auto password = fresh_sign_in(backend);
  if (!password) {
    return fail(std::move(password).error());
  }
  return DemoEvent{kSlug, kEmail, std::move(*password), stage->stage.backup_key, stage->stage.key};
}

}  // namespace estrad::app
