#include "base/error.h"

#include <system_error>
#include <utility>

namespace estrad {

Error Error::in(std::string_view noun) && {
  message.insert(0, ": ").insert(0, noun);
  return std::move(*this);
}

Error invalid_input(std::string message) {
  return {ErrorKind::kInvalidInput, std::move(message)};
}

Error invalid_field(std::string field, std::string message) {
  return {ErrorKind::kInvalidInput, std::move(message), std::move(field)};
}

Error not_found(std::string message) {
  return {ErrorKind::kNotFound, std::move(message)};
}

Error conflict(std::string message) {
  return {ErrorKind::kConflict, std::move(message)};
}

Error unavailable(std::string message) {
  return {ErrorKind::kUnavailable, std::move(message)};
}

Error media_error(std::string message) {
  return {ErrorKind::kMedia, std::move(message)};
}

Error internal_error(std::string message) {
  return {ErrorKind::kInternal, std::move(message)};
}

Error unavailable_errno(std::string_view what, int error_number) {
  return {ErrorKind::kUnavailable,
          std::string(what) + ": " + std::generic_category().message(error_number)};
}

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput:
      return "invalid input";
    case ErrorKind::kNotFound:
      return "not found";
    case ErrorKind::kConflict:
      return "conflict";
    case ErrorKind::kUnavailable:
      return "unavailable";
    case ErrorKind::kMedia:
      return "media";
    case ErrorKind::kInternal:
      return "internal";
  }
  return "internal";
}

}  // namespace estrad
