#include "live/room.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/log.h"
#include "webcast/log_state.h"

namespace estrad::live {
namespace {

/// Calls that wait for the store; beyond it, it is down.
constexpr std::size_t kMostWaiting = 1'000;

std::string dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Room::Room(glib::EventLoop& loop, const Clock& clock, EventStore& store, Publisher& publisher,
           std::string event_id, Surroundings surroundings)
    : clock_(clock),
      store_(store),
      publisher_(publisher),
      event_id_(std::move(event_id)),
      surroundings_(std::move(surroundings)),
      home_(loop) {}

void Room::when_loaded(std::function<void(Status)> task) {
  if (is_loaded()) {
    task({});
    return;
  }
  if (waiting_.size() >= kMostWaiting) {
    task(fail(unavailable("the database does not answer; try again soon")));
    return;
  }
  waiting_.push_back(std::move(task));
  if (!std::exchange(is_loading_, true)) {
    store_.load_room(event_id_, home_.reply<StoredRoom>([this](Result<StoredRoom> stored) {
      loaded(std::move(stored));
    }));
  }
}

void Room::loaded(Result<StoredRoom> stored) {
  is_loading_ = false;
  Status outcome;
  if (!stored) {
    outcome = fail(std::move(stored).error());
  } else {
    auto log = webcast::PublicLog::restore(stored->pages, stored->counters, clock_.wall());
    if (!log) {
      outcome = fail(std::move(log).error());
    } else {
      box_.restore(std::move(stored->questions));
      log_.emplace(std::move(*log));
      served_until_ = log_->next_page();
      for (webcast::StoredPage& page : stored->pages) {
        keep_page(std::move(page));
      }
    }
  }
  if (!outcome) {
    log::error("event \"{}\": questions: {}", event_id_, outcome.error().message);
  } else {
    publish();
  }
  for (const auto& task : std::exchange(waiting_, {})) {
    task(outcome);
  }
}

void Room::commit(std::optional<webcast::Question> before, webcast::Question after,
                  Reply<webcast::Question> reply) {
  RoomChange change;
  change.event_id = event_id_;
  change.questions = {after};
  change.counters = log_->counters();
  const bool was_public = before && webcast::is_public(before->state);
  // A removal goes with the pages that it rewrites; everything else is told once it is stored.
  const bool is_removal = was_public && !webcast::is_public(after.state);
  if (is_removal) {
    change.pages = log_->remove(after.id, clock_.wall(), surroundings_.media_ms());
    change.counters = log_->counters();
  }
  auto rewritten = change.pages;
  store_.save_room(std::move(change),
                   home_.reply<void>([this, before = std::move(before), after, is_removal,
                                      rewritten = std::move(rewritten),
                                      reply = std::move(reply)](const Status& status) {
                     // What was taken out of the log stays out, stored or not.
                     rewrite_pages(rewritten);
                     if (!status) {
                       box_.roll_back(after.id, before);
                       publish();
                       reply(fail(Error(status.error()).in("question")));
                       return;
                     }
                     if (!is_removal) {
                       const WallTime now = clock_.wall();
                       for (webcast::LogEntry& entry :
                            webcast::entries_for(before, after, now, surroundings_.media_ms())) {
                         log_->append(std::move(entry), now);
                       }
                     }
                     tell_console(after);
                     publish();
                     reply(after);
                   }));
}

void Room::append_state(webcast::EventState state) {
  when_loaded([this, state](const Status& status) {
    if (status) {
      const WallTime now = clock_.wall();
      log_->append({now, surroundings_.media_ms(), webcast::StateEntry{state}}, now);
      publish();
    }
  });
}

void Room::advance() {
  if (!is_loaded()) {
    return;
  }
  if (const auto page = log_->close_due(clock_.wall())) {
    close_page(*page);
  }
}

void Room::close_page(const webcast::ClosedPage& page) {
  const auto serve = [this, page] {
    if (!page.is_empty) {
      keep_page({page.number, log_->page(page.number).value_or(page.text)});
    }
    served_until_ = std::max(served_until_, page.number + 1);
    publish();
  };
  if (!page.must_commit) {
    serve();
    return;
  }
  RoomChange change;
  change.event_id = event_id_;
  change.counters = log_->counters();
  change.counters.reserved = page.reserved;
  if (!page.is_empty) {
    change.pages.push_back({page.number, page.text});
  }
  store_.save_room(std::move(change), home_.reply<void>([this, serve](const Status& status) {
    if (!status) {
      // Readers get it all the same: a log that stands still is worse than a gap after a crash.
      log::error("event \"{}\": log page: {}", event_id_, status.error().message);
    }
    serve();
  }));
}

void Room::keep_page(webcast::StoredPage page) {
  pages_.push_back(std::move(page));
  while (pages_.size() > webcast::PublicLog::kReadersMayLag) {
    pages_.pop_front();
  }
}

void Room::rewrite_pages(const std::vector<webcast::StoredPage>& pages) {
  for (const webcast::StoredPage& page : pages) {
    for (webcast::StoredPage& kept : pages_) {
      if (kept.number == page.number) {
        kept.text = page.text;
      }
    }
  }
}

void Room::publish() {
  auto view = std::make_shared<LogView>();
  webcast::LogState state =
      webcast::log_state(surroundings_.event(), *log_, box_.list_public(), surroundings_.viewers());
  state.next_page = served_until_;
  view->event_id = event_id_;
  view->state = webcast::render(state);
  view->next_page = served_until_;
  view->revision = log_->revision();
  view->pages.assign(pages_.begin(), pages_.end());
  publisher_.publish_log(std::move(view));
}

void Room::tell_console(const webcast::Question& question) {
  publisher_.publish_console("event/" + event_id_,
                             dump({{"type", "question"},
                                   {"question", webcast::to_staff_json(question)},
                                   {"pending", box_.count(webcast::QuestionState::kPending)}}));
}

}  // namespace estrad::live
