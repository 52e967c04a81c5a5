#include "ingest/feed.h"

#include <atomic>

namespace estrad::ingest {

FeedId next_feed_id() {
  static std::atomic<FeedId> last{0};
  return ++last;
}

}  // namespace estrad::ingest
