#include <utility>

#include "live/broadcasts.h"
#include "live/event_runtime.h"
#include "live/stage.h"

/// The part of Broadcasts that viewers and moderators reach: questions and the public log.
namespace estrad::live {

template <typename T>
void Broadcasts::in_room(const std::string& event_id, const Reply<T>& reply,
                         std::function<void(EventRuntime&)> task) {
  EventRuntime* runtime = find(event_id);
  if (runtime == nullptr) {
    reply(fail(not_found("event \"" + event_id + "\": there is none")));
    return;
  }
  runtime->room().when_loaded([runtime, reply, task = std::move(task)](const Status& loaded) {
    if (!loaded) {
      reply(fail(loaded.error()));
      return;
    }
    task(*runtime);
  });
}

void Broadcasts::ask(std::string event_id, webcast::Asking asking, Reply<AskAnswer> reply) {
  in_room<AskAnswer>(
      event_id, reply, [this, asking = std::move(asking), reply](EventRuntime& runtime) {
        webcast::Asking complete = asking;
        complete.media_ms = runtime.media_ms();
        webcast::QuestionBox& box = runtime.room().box();
        const milliseconds wait = box.wait(runtime.event(), complete, clock_.steady());
        if (wait > milliseconds(0)) {
          reply(AskAnswer{std::nullopt, wait});
          return;
        }
        auto asked = box.ask(runtime.event(), complete, clock_);
        if (!asked) {
          reply(fail(std::move(asked).error()));
          return;
        }
        runtime.room().commit(std::nullopt, asked->question,
                              [reply, asked = *asked](const Result<webcast::Question>& stored) {
                                if (!stored) {
                                  reply(fail(stored.error()));
                                  return;
                                }
                                reply(AskAnswer{asked, milliseconds(0)});
                              });
      });
}

void Broadcasts::own_question(std::string event_id, std::string question_id, std::string secret,
                              Reply<webcast::Question> reply) {
  in_room<webcast::Question>(
      event_id, reply,
      [question_id = std::move(question_id), secret = std::move(secret), reply](
          EventRuntime& runtime) { reply(runtime.room().box().find_own(question_id, secret)); });
}

void Broadcasts::withdraw_question(std::string event_id, std::string question_id,
                                   std::string secret, Reply<webcast::Question> reply) {
  in_room<webcast::Question>(event_id, reply,
                             [this, question_id = std::move(question_id),
                              secret = std::move(secret), reply](EventRuntime& runtime) {
                               webcast::QuestionBox& box = runtime.room().box();
                               auto before = box.find(question_id);
                               auto after = box.withdraw(question_id, secret, clock_.wall());
                               if (!after) {
                                 reply(fail(std::move(after).error()));
                                 return;
                               }
                               runtime.room().commit(std::move(before), std::move(*after), reply);
                             });
}

void Broadcasts::change_question(std::string event_id, std::string question_id,
                                 webcast::QuestionChange change, Reply<webcast::Question> reply) {
  in_room<webcast::Question>(event_id, reply,
                             [this, question_id = std::move(question_id),
                              change = std::move(change), reply](EventRuntime& runtime) {
                               webcast::QuestionBox& box = runtime.room().box();
                               auto before = box.find(question_id);
                               auto after = box.change(question_id, change, clock_.wall());
                               if (!after) {
                                 reply(fail(std::move(after).error()));
                                 return;
                               }
                               runtime.room().commit(std::move(before), std::move(*after), reply);
                             });
}

void Broadcasts::list_questions(std::string event_id, std::optional<webcast::QuestionState> state,
                                Reply<std::vector<webcast::Question>> reply) {
  in_room<std::vector<webcast::Question>>(event_id, reply, [state, reply](EventRuntime& runtime) {
    reply(runtime.room().box().list(state));
  });
}

void Broadcasts::log_replay(std::string event_id, Reply<SharedBytes> reply) {
  in_room<SharedBytes>(event_id, reply, [reply](EventRuntime& runtime) {
    reply(share(runtime.room().log().replay()));
  });
}

}  // namespace estrad::live
