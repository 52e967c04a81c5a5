// The question box and the public log.
#include <algorithm>

#include "app/backend.h"
#include "base/ids.h"

namespace estrad::app {
namespace {

/// One piece of a list that is whole in memory: what follows the item `after`.
web::Listing<webcast::Question> cut(std::vector<webcast::Question> questions,
                                    const web::Page& page) {
  auto first = questions.begin();
  if (!page.after.empty()) {
    first = std::find_if(questions.begin(), questions.end(),
                         [&](const auto& question) { return question.id == page.after; });
    first = first == questions.end() ? first : first + 1;
  }
  const auto left = static_cast<std::size_t>(questions.end() - first);
  const auto last = first + static_cast<std::ptrdiff_t>(std::min(left, page.limit));
  web::Listing<webcast::Question> listing;
  listing.items.assign(std::make_move_iterator(first), std::make_move_iterator(last));
  if (last != questions.end() && !listing.items.empty()) {
    listing.next = listing.items.back().id;
  }
  return listing;
}

}  // namespace

void Backend::list_questions(std::string slug, std::optional<webcast::QuestionState> state,
                             web::Page page, Reply<web::Listing<webcast::Question>> reply) {
  auto paged = [page = std::move(page),
                reply = std::move(reply)](Result<std::vector<webcast::Question>> questions) {
    if (!questions) {
      reply(fail(std::move(questions).error()));
      return;
    }
    reply(cut(std::move(*questions), page));
  };
  on_event<std::vector<webcast::Question>>(std::move(slug), std::move(paged),
                                           [state](live::Broadcasts& live, std::string id,
                                                   Reply<std::vector<webcast::Question>> answer) {
                                             live.list_questions(std::move(id), state,
                                                                 std::move(answer));
                                           });
}

void Backend::change_question(std::string slug, std::string id, webcast::QuestionChange change,
                              webcast::Principal by, Reply<webcast::Question> reply) {
  auto noted = [this, slug, by = std::move(by),
                reply = std::move(reply)](Result<webcast::Question> question) {
    if (question) {
      const std::string reason =
          question->reason ? std::string(webcast::to_string(*question->reason)) : std::string();
      note(by, "question." + std::string(webcast::to_string(question->state)),
           "question " + question->id + " of event " + slug, reason);
    }
    reply(std::move(question));
  };
  on_event<webcast::Question>(
      std::move(slug), std::move(noted),
      [id = std::move(id), change = std::move(change)](live::Broadcasts& live, std::string event_id,
                                                       Reply<webcast::Question> answer) {
        live.change_question(std::move(event_id), id, change, std::move(answer));
      });
}

void Backend::change_moderation(std::string slug, web::ModerationChange change,
                                Reply<webcast::Event> reply) {
  auto edit = [change](const webcast::Event& event) {
    webcast::Moderation moderation = event.moderation;
    moderation.slow_s = change.slow_s.value_or(moderation.slow_s);
    moderation.are_links_allowed = change.are_links_allowed.value_or(moderation.are_links_allowed);
    return Result<std::pair<webcast::QuestionMode, webcast::Moderation>>(
        std::pair(change.mode.value_or(event.plan.questions), moderation));
  };
  on_event<webcast::Event>(
      std::move(slug), std::move(reply),
      [edit](live::Broadcasts& live, std::string id, Reply<webcast::Event> answer) {
        live.moderate_event(std::move(id), edit, std::move(answer));
      });
}

void Backend::ask(std::string slug, web::AskedQuestion question, Reply<web::AskOutcome> reply) {
  auto outcome = [reply = std::move(reply)](Result<live::AskAnswer> answer) {
    if (!answer) {
      reply(fail(std::move(answer).error()));
      return;
    }
    web::AskOutcome told;
    told.retry_after = answer->wait;
    if (answer->asked) {
      told.asked = std::move(*answer->asked);
    }
    reply(std::move(told));
  };
  webcast::Asking asking;
  asking.text = std::move(question.text);
  asking.name = std::move(question.name);
  // Addresses and browser marks are never stored in the clear; the salt is gone with the process.
  static const std::string salt = random_id(26);
  asking.viewer = question.viewer.empty() ? "" : sha256_hex(salt + question.viewer);
  asking.address = sha256_hex(salt + question.client_address);
  on_event<live::AskAnswer>(std::move(slug), std::move(outcome),
                            [asking = std::move(asking)](live::Broadcasts& live, std::string id,
                                                         Reply<live::AskAnswer> answer) {
                              live.ask(std::move(id), asking, std::move(answer));
                            });
}

void Backend::get_asked(std::string slug, std::string id, std::string secret,
                        Reply<webcast::Question> reply) {
  on_event<webcast::Question>(
      std::move(slug), std::move(reply),
      [id = std::move(id), secret = std::move(secret)](live::Broadcasts& live, std::string event_id,
                                                       Reply<webcast::Question> answer) {
        live.own_question(std::move(event_id), id, secret, std::move(answer));
      });
}

void Backend::withdraw_asked(std::string slug, std::string id, std::string secret,
                             Reply<void> reply) {
  auto done = [reply = std::move(reply)](Result<webcast::Question> question) {
    reply(question ? Status() : fail(std::move(question).error()));
  };
  on_event<webcast::Question>(
      std::move(slug), std::move(done),
      [id = std::move(id), secret = std::move(secret)](live::Broadcasts& live, std::string event_id,
                                                       Reply<webcast::Question> answer) {
        live.withdraw_question(std::move(event_id), id, secret, std::move(answer));
      });
}

void Backend::read_log_page(std::string slug, std::uint64_t number, Reply<SharedBytes> reply) {
  auto find = [this, number](std::string event_id, Reply<SharedBytes> answer) {
    parts_.store.run<SharedBytes>(
        std::move(answer),
        [event_id = std::move(event_id), number](store::Store& store) -> Result<SharedBytes> {
          auto log = store.log_pages.load(event_id);
          if (!log) {
            return fail(std::move(log).error());
          }
          for (const webcast::StoredPage& page : log->pages) {
            if (page.number == number) {
              return share(page.text);
            }
          }
          // Pages without entries are not stored; a number that was never reached is not asked for.
          return share(webcast::empty_log_page(number));
        });
  };
  on_event<SharedBytes>(
      std::move(slug), std::move(reply),
      [find = std::move(find)](live::Broadcasts&, std::string id, Reply<SharedBytes> answer) {
        find(std::move(id), std::move(answer));
      });
}

void Backend::read_log_replay(std::string slug, std::uint64_t /*revision*/,
                              Reply<SharedBytes> reply) {
  on_event<SharedBytes>(std::move(slug), std::move(reply),
                        [](live::Broadcasts& live, std::string id, Reply<SharedBytes> answer) {
                          live.log_replay(std::move(id), std::move(answer));
                        });
}

}  // namespace estrad::app
