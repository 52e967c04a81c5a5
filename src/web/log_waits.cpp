#include "web/log_waits.h"

#include <utility>

#include "web/problem.h"
#include "web/response.h"

namespace estrad::web {
namespace {

Response page_response(const SharedBytes& page) {
  Response response = json_bytes(page).cached(cache::kLogPage);
  response.is_cross_origin = true;
  return response;
}

Response log_refusal(unsigned status, std::string detail) {
  Response response = problem(status, std::move(detail)).cached(cache::kOneSecond);
  response.is_cross_origin = true;
  return response;
}

}  // namespace

LogWaits::LogWaits(glib::EventLoop& loop, const Shelf& shelf, Backend& backend, const Clock& clock,
                   milliseconds longest_wait)
    : loop_(loop),
      shelf_(shelf),
      backend_(backend),
      clock_(clock),
      longest_wait_(longest_wait),
      overdue_(loop) {
  overdue_.start_repeating(milliseconds(1'000), [this] { check_overdue(); });
}

void LogWaits::send_page(const ExchangePtr& exchange, const std::string& slug,
                         std::uint64_t number) {
  Waiting waiting{exchange, number, clock_.steady()};
  if (!try_answer(waiting, slug)) {
    waiting_[slug].push_back(std::move(waiting));
  }
}

void LogWaits::log_changed(const std::string& slug) {
  const auto found = waiting_.find(slug);
  if (found == waiting_.end()) {
    return;
  }
  std::erase_if(found->second, [&](const Waiting& waiting) { return try_answer(waiting, slug); });
  if (found->second.empty()) {
    waiting_.erase(found);
  }
}

bool LogWaits::try_answer(const Waiting& waiting, const std::string& slug) {
  const auto log = shelf_.log(slug);
  if (!log || waiting.number > log->next_page + 1 || waiting.number == 0) {
    waiting.exchange->send(log_refusal(404, "There is no such page yet; take the log again."));
    return true;
  }
  if (waiting.number >= log->next_page) {
    return waiting.exchange->is_finished();
  }
  const auto page = log->pages.find(waiting.number);
  if (page != log->pages.end()) {
    waiting.exchange->send(page_response(page->second));
    return true;
  }
  backend_.read_log_page(slug, waiting.number,
                         [this, exchange = waiting.exchange](Result<SharedBytes> read) {
                           loop_.post([exchange, read = std::move(read)] {
                             exchange->send(read ? page_response(*read) : problem(read.error()));
                           });
                         });
  return true;
}

void LogWaits::check_overdue() {
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    std::erase_if(entry->second, [&](const Waiting& waiting) {
      if (clock_.steady() - waiting.since < longest_wait_) {
        return waiting.exchange->is_finished();
      }
      waiting.exchange->send(log_refusal(503, "The page has not closed in time."));
      return true;
    });
    entry = entry->second.empty() ? waiting_.erase(entry) : std::next(entry);
  }
}

}  // namespace estrad::web
