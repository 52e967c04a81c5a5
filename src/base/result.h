#pragma once

#include <utility>

#include <tl/expected.hpp>

#include "base/error.h"

namespace estrad {

/// A value, or the error that stands in its place. Failures travel up as values; exceptions of
/// libraries are caught where the library is called.
template <typename T>
using Result = tl::expected<T, Error>;

/// Success without a value, or an error.
using Status = Result<void>;

/// `return fail(not_found("…"));`
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace estrad
