#include "store/database.h"

#include <cerrno>

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include "glib/handle.h"
#include "store/migrations.h"
#include "store/statement.h"

namespace estrad::store {
namespace {

constexpr std::string_view kScheme = "sqlite://";
constexpr int kPatienceMs = 5'000;

Result<std::string> sqlite_path(std::string_view url) {
  if (!url.starts_with(kScheme) || url.size() == kScheme.size()) {
    return fail(
        invalid_field("database.url", fmt::format("takes sqlite://PATH in this version, not \"{}\"",
                                                  url.substr(0, url.find("://")))));
  }
  std::string path(url.substr(kScheme.size()));
  if (path.find('"') != std::string::npos || path.find('\0') != std::string::npos) {
    return fail(invalid_field("database.url", "takes a path without quotation marks"));
  }
  return path;
}

/// Makes the file where there is none: the stream keys in it are for the owner's eyes. Tells why it
/// cannot be used better than SQLite would.
///
/// A file that is there is never opened here: closing any descriptor of it would drop the locks of
/// every connection that this process has to it (POSIX record locks), and the next process to close
/// the database would take the write-ahead log away under them.
Status make_file(const std::string& path) {
  const glib::Fd made(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (made) {
    return {};
  }
  if (errno == EEXIST && ::eaccess(path.c_str(), R_OK | W_OK) == 0) {
    return {};
  }
  return fail(unavailable_errno("cannot be written", errno));
}

void configure(soci::session& session) {
  auto* connection = static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
  // The cause of a refused value is in the extended code.
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_timeout(connection, kPatienceMs);
  std::string mode;
  session << "PRAGMA journal_mode = WAL", soci::into(mode);
  // FULL: what was answered for is on disk, also after a power cut.
  session << "PRAGMA synchronous = FULL";
  session << "PRAGMA foreign_keys = ON";
}

}  // namespace

Database::Database(std::unique_ptr<soci::session> session) : session_(std::move(session)) {}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(std::string_view url) {
  auto path = sqlite_path(url);
  if (!path) {
    return fail(std::move(path).error());
  }
  const std::string noun = "database " + *path;
  if (auto made = make_file(*path); !made) {
    return fail(std::move(made).error().in(noun));
  }
  try {
    auto session = std::make_unique<soci::session>(soci::sqlite3, "db=\"" + *path + "\"");
    configure(*session);
    auto database = std::make_unique<Database>(std::move(session));
    if (auto migrated = migrate(*database); !migrated) {
      return fail(std::move(migrated).error().in(noun));
    }
    return database;
  } catch (const std::exception& exception) {
    return fail(database_error(exception).in(noun));
  }
}

Status Database::in_transaction(const std::function<Status()>& work) {
  if (is_in_transaction_) {
    return work();
  }
  try {
    // IMMEDIATE takes the write lock now, where waiting for it helps; later it would not.
    *session_ << "BEGIN IMMEDIATE";
  } catch (const std::exception& exception) {
    return fail(database_error(exception));
  }
  is_in_transaction_ = true;
  Status done = work();
  is_in_transaction_ = false;
  try {
    *session_ << (done ? "COMMIT" : "ROLLBACK");
  } catch (const std::exception& exception) {
    if (done) {
      done = fail(database_error(exception));
      roll_back();
    }
  }
  return done;
}

void Database::roll_back() {
  try {
    *session_ << "ROLLBACK";
  } catch (const std::exception&) {
    // SQLite has rolled back by itself.
  }
}

Status Database::check() {
  return Statement(*this, "SELECT version FROM schema_version").read([](const Row&) {
    return Status();
  });
}

}  // namespace estrad::store
