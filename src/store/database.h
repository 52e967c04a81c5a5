#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace soci {
class session;
}

namespace estrad::store {

/// The connection to the database, its schema brought up to date. Lives on the store loop; a
/// command of the command line may have its own beside a running server.
///
/// SQLite runs with a write-ahead log (readers never wait for the writer), foreign keys, and five
/// seconds of patience for another process's write. The file is readable by its owner alone.
class Database {
 public:
  /// `sqlite://PATH`. Makes the file where there is none, and runs the migrations that it lacks.
  /// Errors: InvalidInput (field `database.url`) for another kind of address; Unavailable, naming
  /// the path, when it cannot be written, is no database, or was written by a newer Estrad.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(std::string_view url);
  /// For `open`: an open connection whose schema may be of any age.
  explicit Database(std::unique_ptr<soci::session> session);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs `work` as one transaction: all of it is kept when it succeeds, nothing otherwise. A call
  /// inside another joins it.
  [[nodiscard]] Status in_transaction(const std::function<Status()>& work);

  /// One small read: the database answers (`/readyz`).
  [[nodiscard]] Status check();

  /// For the statements of this layer.
  [[nodiscard]] soci::session& session() { return *session_; }

 private:
  void roll_back();

  std::unique_ptr<soci::session> session_;
  bool is_in_transaction_ = false;
};

}  // namespace estrad::store
