#include "store/statement.h"

#include <utility>

#include <soci/sqlite3/soci-sqlite3.h>

#include "base/text.h"

namespace estrad::store {
namespace {

Error sqlite_error(int result) {
  switch (result & 0xFF) {
    case SQLITE_CONSTRAINT:
      if (result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY) {
        return conflict("is taken already");
      }
      if (result == SQLITE_CONSTRAINT_FOREIGNKEY) {
        return conflict("refers to something that is not there");
      }
      return internal_error("the database refused a value");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return unavailable("the database is busy with another process");
    case SQLITE_FULL:
      return unavailable("the disk of the database is full");
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return unavailable("the database cannot be written");
    case SQLITE_IOERR:
      return unavailable("the disk of the database fails");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return unavailable("the file is no SQLite database, or a damaged one");
    default:
      return internal_error("the database refused a statement (SQLite error " +
                            std::to_string(result) + ")");
  }
}

std::int64_t as_number(const soci::row& row, const std::string& column) {
  switch (row.get_properties(column).get_data_type()) {
    case soci::dt_integer:
      return row.get<int>(column);
    case soci::dt_long_long:
      return row.get<long long>(column);
    case soci::dt_unsigned_long_long:
      return static_cast<std::int64_t>(row.get<unsigned long long>(column));
    case soci::dt_double:
      return static_cast<std::int64_t>(row.get<double>(column));
    case soci::dt_string:
    case soci::dt_date:
    case soci::dt_blob:
    case soci::dt_xml:
      return 0;
  }
  return 0;
}

}  // namespace

Error database_error(const std::exception& exception) {
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&exception)) {
    return sqlite_error(sqlite->result());
  }
  return internal_error("the database library refused a statement");
}

bool Row::is_null(const std::string& column) const {
  return row_.get_indicator(column) == soci::i_null;
}

std::string Row::text(const std::string& column) const {
  return is_null(column) ? std::string() : row_.get<std::string>(column);
}

std::int64_t Row::number(const std::string& column) const {
  return is_null(column) ? 0 : as_number(row_, column);
}

std::optional<std::int64_t> Row::optional_number(const std::string& column) const {
  return is_null(column) ? std::nullopt : std::optional(as_number(row_, column));
}

WallTime Row::time(const std::string& column) const {
  return from_epoch_ms(number(column));
}

std::optional<WallTime> Row::optional_time(const std::string& column) const {
  return is_null(column) ? std::nullopt : std::optional(time(column));
}

Statement::Statement(Database& database, std::string sql)
    : database_(database), sql_(std::move(sql)) {}

Statement& Statement::text(std::string name, std::string_view value) {
  if (!is_plain_utf8(value) && !fault_) {
    fault_ = invalid_field(name, "is to be UTF-8 without U+0000");
  }
  Value bound;
  bound.name = std::move(name);
  bound.text = value;
  bound.is_text = true;
  values_.push_back(std::move(bound));
  return *this;
}

Statement& Statement::number(std::string name, std::int64_t value) {
  return number(std::move(name), std::optional(value));
}

Statement& Statement::number(std::string name, std::optional<std::int64_t> value) {
  Value bound;
  bound.name = std::move(name);
  bound.number = value.value_or(0);
  bound.indicator = value ? soci::i_ok : soci::i_null;
  values_.push_back(std::move(bound));
  return *this;
}

Statement& Statement::time(std::string name, WallTime value) {
  return number(std::move(name), epoch_ms(value));
}

Statement& Statement::time(std::string name, std::optional<WallTime> value) {
  return number(std::move(name), value ? std::optional(epoch_ms(*value)) : std::nullopt);
}

void Statement::bind(soci::statement& statement) {
  for (Value& value : values_) {
    if (value.is_text) {
      statement.exchange(soci::use(value.text, value.indicator, value.name));
    } else {
      statement.exchange(soci::use(value.number, value.indicator, value.name));
    }
  }
  statement.alloc();
  statement.prepare(sql_);
  statement.define_and_bind();
}

Result<std::int64_t> Statement::run() {
  if (fault_) {
    return fail(*fault_);
  }
  try {
    soci::statement statement(database_.session());
    bind(statement);
    statement.execute(true);
    return statement.get_affected_rows();
  } catch (const std::exception& exception) {
    return fail(database_error(exception));
  }
}

Status Statement::read(const std::function<Status(const Row&)>& each) {
  if (fault_) {
    return fail(*fault_);
  }
  try {
    soci::row row;
    soci::statement statement(database_.session());
    statement.exchange(soci::into(row));
    bind(statement);
    bool has_row = statement.execute(true);
    while (has_row) {
      if (auto done = each(Row(row)); !done) {
        return done;
      }
      has_row = statement.fetch();
    }
    return {};
  } catch (const std::exception& exception) {
    return fail(database_error(exception));
  }
}

}  // namespace estrad::store
