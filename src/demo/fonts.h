#pragma once

#include "base/result.h"

namespace estrad::demo {

/// Whether there is any font to write with. Asked first, because Pango ends the program when there
/// is none.
[[nodiscard]] Status check_fonts();

}  // namespace estrad::demo
