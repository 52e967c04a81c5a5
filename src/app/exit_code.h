#pragma once

#include "base/error.h"

namespace estrad::app {

/// The exit codes of sysexits.h that Estrad uses.
inline constexpr int kExitOk = 0;
inline constexpr int kExitUsage = 64;        ///< EX_USAGE: the command line is wrong.
inline constexpr int kExitDataError = 65;    ///< EX_DATAERR: input, media included, is wrong.
inline constexpr int kExitNoInput = 66;      ///< EX_NOINPUT: a named thing does not exist.
inline constexpr int kExitUnavailable = 69;  ///< EX_UNAVAILABLE: something outside is missing.
inline constexpr int kExitSoftware = 70;     ///< EX_SOFTWARE: a fault of Estrad.
inline constexpr int kExitConfig = 78;       ///< EX_CONFIG: the configuration is wrong.

/// The one place where kinds of errors become exit codes.
[[nodiscard]] int exit_code(ErrorKind kind);

}  // namespace estrad::app
