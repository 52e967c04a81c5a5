#include "app/event_store_port.h"

#include <utility>

namespace estrad::app {
namespace {

Status save_event_in(store::Store& store, const webcast::Event& event) {
  auto known = store.events.find(event.id);
  if (!known && known.error().kind == ErrorKind::kNotFound) {
    return store.events.add(event);
  }
  return known ? store.events.update(event) : fail(std::move(known).error());
}

Status save_room_in(store::Store& store, const live::RoomChange& change) {
  return store.database->in_transaction([&]() -> Status {
    for (const webcast::Question& question : change.questions) {
      if (auto saved = store.questions.save(question); !saved) {
        return saved;
      }
    }
    return store.log_pages.rewrite(change.event_id, change.pages, change.counters);
  });
}

Result<live::StoredRoom> load_room_of(store::Store& store, const std::string& event_id) {
  auto questions = store.questions.all(event_id);
  if (!questions) {
    return fail(std::move(questions).error());
  }
  auto log = store.log_pages.load(event_id);
  if (!log) {
    return fail(std::move(log).error());
  }
  return live::StoredRoom{std::move(*questions), std::move(log->pages), log->counters};
}

}  // namespace

void EventStorePort::save_event(webcast::Event event, Reply<void> reply) {
  store_.run<void>(std::move(reply), [event = std::move(event)](store::Store& store) {
    return save_event_in(store, event);
  });
}

void EventStorePort::delete_event(std::string event_id, Reply<void> reply) {
  store_.run<void>(std::move(reply), [event_id = std::move(event_id)](store::Store& store) {
    return store.events.remove(event_id);
  });
}

void EventStorePort::load_room(std::string event_id, Reply<live::StoredRoom> reply) {
  store_.run<live::StoredRoom>(std::move(reply),
                               [event_id = std::move(event_id)](store::Store& store) {
                                 return load_room_of(store, event_id);
                               });
}

void EventStorePort::save_room(live::RoomChange change, Reply<void> reply) {
  store_.run<void>(std::move(reply), [change = std::move(change)](store::Store& store) {
    return save_room_in(store, change);
  });
}

}  // namespace estrad::app
