#pragma once

#include <functional>

#include "base/result.h"

namespace estrad {

/// How an asynchronous call answers: exactly once, on any thread unless the callee's contract says
/// otherwise. The receiver posts it home to its own loop.
template <typename T>
using Reply = std::function<void(Result<T>)>;

}  // namespace estrad
