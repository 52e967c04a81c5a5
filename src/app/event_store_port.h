#pragma once

#include "app/store_access.h"
#include "live/ports.h"

namespace estrad::app {

/// The database as the live layer needs it.
class EventStorePort final : public live::EventStore {
 public:
  explicit EventStorePort(StoreAccess& store) : store_(store) {}

  void save_event(webcast::Event event, Reply<void> reply) override;
  void delete_event(std::string event_id, Reply<void> reply) override;
  void load_room(std::string event_id, Reply<live::StoredRoom> reply) override;
  void save_room(live::RoomChange change, Reply<void> reply) override;

 private:
  StoreAccess& store_;
};

}  // namespace estrad::app
