#pragma once

#include "base/result.h"
#include "store/database.h"

namespace estrad::store {

/// The version of the schema that this program knows.
[[nodiscard]] int newest_schema();

/// Brings the schema up to `version`, each step in a transaction of its own. Unavailable when the
/// database is newer than this program.
[[nodiscard]] Status migrate(Database& database, int version = newest_schema());

}  // namespace estrad::store
