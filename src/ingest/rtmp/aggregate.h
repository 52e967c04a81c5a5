#pragma once

#include <vector>

#include "base/result.h"
#include "ingest/rtmp/message.h"

namespace estrad::ingest::rtmp {

/// The messages within an aggregate message (RTMP 7.1.6), their time stamps moved to the
/// aggregate's own.
[[nodiscard]] Result<std::vector<Message>> split_aggregate(const Message& aggregate);

}  // namespace estrad::ingest::rtmp
