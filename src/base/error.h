#pragma once

#include <string>
#include <string_view>

namespace estrad {

/// What went wrong, in the six ways that a caller can act on. Mapped once each to an HTTP status
/// (web/problem.h), an exit code (app/exit_code.h) and a log level (base/log.h).
enum class ErrorKind {
  kInvalidInput,  ///< The caller sent something that can never work as it stands.
  kNotFound,      ///< The thing named does not exist.
  kConflict,      ///< The thing exists, but its present state does not allow this.
  kUnavailable,   ///< A resource outside is missing or full now; trying later may work.
  kMedia,         ///< The media cannot be read, decoded or encoded.
  kInternal,      ///< A fault of Estrad itself.
};

/// A failure as a value. Each level that passes it on adds its noun in front, so that the message
/// reads from the outermost thing inwards: `event "budget-day": pipeline: no element "x264enc"`.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;
  /// The field of a request or configuration that is to be mended, as its path (`starts_at`,
  /// `cuts[2]`); empty when no single field is at fault.
  std::string field = {};

  /// This error as seen from one level further out.
  [[nodiscard]] Error in(std::string_view noun) &&;
};

[[nodiscard]] Error invalid_input(std::string message);
/// An error that names the field to mend; the message says what is wrong and what is allowed.
[[nodiscard]] Error invalid_field(std::string field, std::string message);
[[nodiscard]] Error not_found(std::string message);
[[nodiscard]] Error conflict(std::string message);
[[nodiscard]] Error unavailable(std::string message);
[[nodiscard]] Error media_error(std::string message);
[[nodiscard]] Error internal_error(std::string message);

/// `unavailable` with the text of an errno value: `unavailable_errno("open /x", ENOSPC)`.
[[nodiscard]] Error unavailable_errno(std::string_view what, int error_number);

[[nodiscard]] std::string_view to_string(ErrorKind kind);

}  // namespace estrad
