#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "webcast/log_entry.h"
#include "webcast/question.h"

namespace estrad::webcast {

/// A page that has closed, as it is stored and served.
struct ClosedPage {
  std::uint64_t number = 0;
  std::string text;  ///< `{"page":17,"entries":[…]}`
  bool is_empty = true;
  /// Store the page (unless it is empty) and `reserved` before serving it.
  bool must_commit = false;
  /// Numbers below this are used up, whatever is stored: a restart goes on from here.
  std::uint64_t reserved = 0;
};

/// A page as the store has it.
struct StoredPage {
  std::uint64_t number = 0;
  std::string text;
};

/// A closed page without entries, of which none is stored.
[[nodiscard]] std::string empty_log_page(std::uint64_t number);

/// What the store keeps of a log beside its pages.
struct LogCounters {
  std::uint64_t reserved = 0;
  std::uint64_t revision = 0;
};

/// The public log of one event as numbered pages, the first of which is 1. Lives on the live loop;
/// the owner asks `closes_at`, sleeps until then, and calls `close_due`.
///
/// A page closes one second after its first entry, and 20 s after it opened when it is empty.
/// Closed pages never change but by `remove`. Empty pages are not stored: a number below
/// `next_page` without a stored page is an empty page.
class PublicLog {
 public:
  static constexpr milliseconds kCloseAfterEntry{1'000};
  static constexpr milliseconds kCloseEmptyAfter{20'000};
  /// A reader further behind than this takes the state again.
  static constexpr std::uint64_t kReadersMayLag = 10;

  explicit PublicLog(WallTime now);
  /// A log as the store has it; the error names the page that cannot be read. Numbers go on where
  /// no reader has been.
  [[nodiscard]] static Result<PublicLog> restore(const std::vector<StoredPage>& pages,
                                                 LogCounters counters, WallTime now);

  void append(LogEntry entry, WallTime now);

  /// When the open page closes.
  [[nodiscard]] WallTime closes_at() const;
  /// Closes the open page if it is time. After a long sleep the page that closes is the open one,
  /// not one for each 20 s.
  [[nodiscard]] std::optional<ClosedPage> close_due(WallTime now);

  /// Takes every entry about the question out of all pages, raises the revision and appends a
  /// `removed` entry. Gives the closed pages that were rewritten: store them and serve them anew.
  [[nodiscard]] std::vector<StoredPage> remove(std::string_view question_id, WallTime now,
                                               std::optional<std::int64_t> media_ms);

  /// Writes what the change of a question from `before` (none: it is new) to `after` means for
  /// viewers: `append` or `remove` as need be. Gives the pages that a removal has rewritten.
  [[nodiscard]] std::vector<StoredPage> record(const std::optional<Question>& before,
                                               const Question& after, WallTime now,
                                               std::optional<std::int64_t> media_ms);

  /// The open page's number: the one to ask for next.
  [[nodiscard]] std::uint64_t next_page() const { return next_page_; }
  [[nodiscard]] LogCounters counters() const { return {reserved_, revision_}; }
  [[nodiscard]] std::uint64_t revision() const { return revision_; }

  /// A closed page; nullopt when it has not closed yet or there is none of that number.
  [[nodiscard]] std::optional<std::string> page(std::uint64_t number) const;

  /// The replay of a recording, `log.json`: `{"rev":R,"entries":[…]}`, all pages in one, without
  /// `removed` entries.
  [[nodiscard]] std::string replay() const;

 private:
  // the closed pages that have entries
  std::map<std::uint64_t, std::vector<LogEntry>> pages_;
  // the open page
  std::uint64_t next_page_ = 1;
  std::vector<LogEntry> open_;
  WallTime opened_at_{};
  std::optional<WallTime> first_entry_at_;
  // what the store has to know
  std::uint64_t reserved_ = 0;
  std::uint64_t revision_ = 0;
};

}  // namespace estrad::webcast
