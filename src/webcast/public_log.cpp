#include "webcast/public_log.h"

#include <algorithm>

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "base/text.h"

namespace estrad::webcast {
namespace {

using nlohmann::json;

/// Empty pages commit only now and then: so many numbers are reserved ahead at a time.
constexpr std::uint64_t kReserveAhead = 16;

std::string render_page(std::uint64_t number, const std::vector<LogEntry>& entries) {
  json items = json::array();
  for (const auto& entry : entries) {
    items.push_back(to_json(entry));
  }
  return json{{"page", number}, {"entries", std::move(items)}}.dump();
}

Result<std::vector<LogEntry>> parse_page(const std::string& text) {
  const json page = json::parse(text, nullptr, false);
  if (!page.is_object() || !page.contains("entries") || !page["entries"].is_array()) {
    return fail(internal_error("is not a page of entries"));
  }
  std::vector<LogEntry> entries;
  for (const auto& item : page["entries"]) {
    auto entry = log_entry_from_json(item);
    if (!entry) {
      return fail(std::move(entry).error());
    }
    entries.push_back(std::move(*entry));
  }
  return entries;
}

/// True for what tells of the question itself; a `removed` entry has nothing in it to hide.
bool tells_of(const LogEntry& entry, std::string_view question_id) {
  if (const auto* question = std::get_if<QuestionEntry>(&entry.body)) {
    return question->id == question_id;
  }
  const auto* answer = std::get_if<AnswerEntry>(&entry.body);
  return answer != nullptr && answer->id == question_id;
}

std::size_t erase_question(std::vector<LogEntry>& entries, std::string_view question_id) {
  return std::erase_if(entries,
                       [&](const LogEntry& entry) { return tells_of(entry, question_id); });
}

}  // namespace

std::string empty_log_page(std::uint64_t number) {
  return render_page(number, {});
}

PublicLog::PublicLog(WallTime now) : opened_at_(now) {}

Result<PublicLog> PublicLog::restore(const std::vector<StoredPage>& pages, LogCounters counters,
                                     WallTime now) {
  PublicLog log(now);
  log.reserved_ = counters.reserved;
  log.revision_ = counters.revision;
  for (const auto& stored : pages) {
    auto entries = parse_page(stored.text);
    if (!entries) {
      return fail(std::move(entries).error().in(fmt::format("log page {}", stored.number)));
    }
    log.next_page_ = std::max(log.next_page_, stored.number + 1);
    if (!entries->empty()) {
      log.pages_[stored.number] = std::move(*entries);
    }
  }
  log.next_page_ = std::max(log.next_page_, counters.reserved);
  return log;
}

void PublicLog::append(LogEntry entry, WallTime now) {
  if (open_.empty()) {
    first_entry_at_ = now;
  }
  open_.push_back(std::move(entry));
}

WallTime PublicLog::closes_at() const {
  const WallTime latest = opened_at_ + kCloseEmptyAfter;
  return first_entry_at_ ? std::min(*first_entry_at_ + kCloseAfterEntry, latest) : latest;
}

std::optional<ClosedPage> PublicLog::close_due(WallTime now) {
  if (now < opened_at_) {
    // The wall clock was set back: count from here, else the page would stay open for as long.
    opened_at_ = now;
    first_entry_at_ = first_entry_at_ ? std::optional(now) : std::nullopt;
  }
  if (now < closes_at()) {
    return std::nullopt;
  }
  ClosedPage closed;
  closed.number = next_page_;
  closed.text = render_page(next_page_, open_);
  closed.is_empty = open_.empty();
  closed.must_commit = !closed.is_empty || next_page_ >= reserved_;
  if (next_page_ >= reserved_) {
    reserved_ = next_page_ + 1 + kReserveAhead;
  }
  closed.reserved = reserved_;
  if (!open_.empty()) {
    pages_[next_page_] = std::move(open_);
  }
  open_.clear();
  first_entry_at_.reset();
  opened_at_ = now;
  ++next_page_;
  return closed;
}

std::vector<StoredPage> PublicLog::remove(std::string_view question_id, WallTime now,
                                          std::optional<std::int64_t> media_ms) {
  std::vector<StoredPage> rewritten;
  for (auto& [number, entries] : pages_) {
    if (erase_question(entries, question_id) > 0) {
      rewritten.push_back({number, render_page(number, entries)});
    }
  }
  erase_question(open_, question_id);
  if (open_.empty()) {
    first_entry_at_.reset();
  }
  ++revision_;
  append({now, media_ms, RemovedEntry{std::string(question_id)}}, now);
  return rewritten;
}

std::vector<StoredPage> PublicLog::record(const std::optional<Question>& before,
                                          const Question& after, WallTime now,
                                          std::optional<std::int64_t> media_ms) {
  std::vector<StoredPage> rewritten;
  for (auto& entry : entries_for(before, after, now, media_ms)) {
    if (std::holds_alternative<RemovedEntry>(entry.body)) {
      rewritten = remove(after.id, now, media_ms);
    } else {
      append(std::move(entry), now);
    }
  }
  return rewritten;
}

std::optional<std::string> PublicLog::page(std::uint64_t number) const {
  if (number == 0 || number >= next_page_) {
    return std::nullopt;
  }
  const auto found = pages_.find(number);
  return render_page(number, found == pages_.end() ? std::vector<LogEntry>() : found->second);
}

std::string PublicLog::replay() const {
  json entries = json::array();
  const auto add = [&](const std::vector<LogEntry>& some) {
    for (const auto& entry : some) {
      if (!std::holds_alternative<RemovedEntry>(entry.body)) {
        entries.push_back(to_json(entry));
      }
    }
  };
  for (const auto& [number, some] : pages_) {
    add(some);
  }
  add(open_);
  return json{{"rev", revision_}, {"entries", std::move(entries)}}.dump();
}

}  // namespace estrad::webcast
