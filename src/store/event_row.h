#pragma once

#include "base/result.h"
#include "store/statement.h"
#include "webcast/event.h"

namespace estrad::store {

/// Gives the statement every column of the table `events` by its name.
void bind_event(Statement& statement, const webcast::Event& event);
[[nodiscard]] Result<webcast::Event> read_event(const Row& row);

/// What lists are ordered by: the start, else the making.
[[nodiscard]] std::int64_t sort_key(const webcast::Event& event);

}  // namespace estrad::store
