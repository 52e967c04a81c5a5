#include "app/store_access.h"

namespace estrad::app {

Result<std::unique_ptr<StoreAccess>> StoreAccess::open(const std::string& url,
                                                       std::string thread_name) {
  auto access = std::unique_ptr<StoreAccess>(new StoreAccess(std::move(thread_name)));
  std::promise<Status> opened;
  auto future = opened.get_future();
  access->loop_.post([&] {
    auto store = store::Store::open(url);
    if (store) {
      access->store_ = std::move(*store);
    }
    opened.set_value(store ? Status() : fail(std::move(store).error()));
  });
  if (auto status = future.get(); !status) {
    return fail(std::move(status).error().in("database"));
  }
  return access;
}

StoreAccess::~StoreAccess() {
  // The connection is closed on the thread that used it.
  loop_.post([this] { store_.reset(); });
  loop_.stop();
}

}  // namespace estrad::app
