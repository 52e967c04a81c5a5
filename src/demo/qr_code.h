#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace estrad::demo {

/// `text` as a QR code for a terminal: two modules a character (UTF-8 half blocks), dark on light
/// by colour codes, so that it reads on dark and on light terminals, with its quiet zone. Fails on
/// more text than a QR code holds.
[[nodiscard]] Result<std::string> qr_code_for_terminal(std::string_view text);

}  // namespace estrad::demo
