#include "app/exit_code.h"

namespace estrad::app {

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput:
    case ErrorKind::kMedia:
      return kExitDataError;
    case ErrorKind::kNotFound:
      return kExitNoInput;
    case ErrorKind::kConflict:
    case ErrorKind::kUnavailable:
      return kExitUnavailable;
    case ErrorKind::kInternal:
      return kExitSoftware;
  }
  return kExitSoftware;
}

}  // namespace estrad::app
