#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "store/audit_trail.h"
#include "store/database.h"
#include "store/events.h"
#include "store/log_pages.h"
#include "store/questions.h"
#include "store/sessions.h"
#include "store/stages.h"
#include "store/tokens.h"
#include "store/users.h"

namespace estrad::store {

/// The database with all its repositories. Made, used and destroyed on the store loop (or on the
/// main thread by commands of the command line); every method waits for the disk.
struct Store {
  /// As Database::open.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(std::string_view url);
  explicit Store(std::unique_ptr<Database> opened);

  std::unique_ptr<Database> database;
  Users users;
  Tokens tokens;
  Sessions sessions;
  Stages stages;
  Events events;
  Questions questions;
  LogPages log_pages;
  AuditTrail audit_trail;
};

}  // namespace estrad::store
