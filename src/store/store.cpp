#include "store/store.h"

namespace estrad::store {

Result<std::unique_ptr<Store>> Store::open(std::string_view url) {
  auto database = Database::open(url);
  if (!database) {
    return fail(std::move(database).error());
  }
  return std::make_unique<Store>(std::move(*database));
}

Store::Store(std::unique_ptr<Database> opened)
    : database(std::move(opened)),
      users(*database),
      tokens(*database),
      sessions(*database),
      stages(*database),
      events(*database),
      questions(*database),
      log_pages(*database),
      audit_trail(*database) {}

}  // namespace estrad::store
