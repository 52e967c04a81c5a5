#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <soci/soci.h>

#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace estrad::store {

/// One row of an answer, by column name. Valid within the call that it is given to.
class Row {
 public:
  explicit Row(const soci::row& row) : row_(row) {}

  [[nodiscard]] bool is_null(const std::string& column) const;
  /// Empty, zero, none for NULL.
  [[nodiscard]] std::string text(const std::string& column) const;
  [[nodiscard]] std::int64_t number(const std::string& column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_number(const std::string& column) const;
  [[nodiscard]] WallTime time(const std::string& column) const;
  [[nodiscard]] std::optional<WallTime> optional_time(const std::string& column) const;

 private:
  const soci::row& row_;
};

/// One SQL statement with its values, run once. It keeps the values alive for SOCI, which holds
/// them by address, and refuses texts that no back end stores alike (U+0000, broken UTF-8). Library
/// exceptions end here; their texts, which carry data, go nowhere.
class Statement {
 public:
  /// `sql` names its values with a colon: `… WHERE slug = :slug`.
  Statement(Database& database, std::string sql);

  Statement& text(std::string name, std::string_view value);
  Statement& number(std::string name, std::int64_t value);
  Statement& number(std::string name, std::optional<std::int64_t> value);
  Statement& time(std::string name, WallTime value);
  Statement& time(std::string name, std::optional<WallTime> value);

  /// Runs it; gives how many rows it changed. Conflict when a unique value is taken or something
  /// still refers to a row.
  [[nodiscard]] Result<std::int64_t> run();
  /// Runs it and calls `each` with every row, until it fails.
  [[nodiscard]] Status read(const std::function<Status(const Row&)>& each);

  template <typename T>
  [[nodiscard]] Result<std::vector<T>> all(Result<T> (*from_row)(const Row&)) {
    std::vector<T> items;
    auto done = read([&](const Row& row) -> Status {
      auto item = from_row(row);
      if (!item) {
        return fail(std::move(item).error());
      }
      items.push_back(std::move(*item));
      return {};
    });
    if (!done) {
      return fail(std::move(done).error());
    }
    return items;
  }

  /// The first row, or nullopt.
  template <typename T>
  [[nodiscard]] Result<std::optional<T>> first(Result<T> (*from_row)(const Row&)) {
    auto items = all(from_row);
    if (!items) {
      return fail(std::move(items).error());
    }
    return items->empty() ? std::optional<T>() : std::optional<T>(std::move(items->front()));
  }

 private:
  struct Value {
    std::string name;
    std::string text;
    long long number = 0;
    bool is_text = false;
    soci::indicator indicator = soci::i_ok;
  };
  void bind(soci::statement& statement);

  Database& database_;
  std::string sql_;
  std::deque<Value> values_;
  std::optional<Error> fault_;
};

/// What went wrong in SOCI, as one of ours, for the caller to act on.
[[nodiscard]] Error database_error(const std::exception& exception);

}  // namespace estrad::store
