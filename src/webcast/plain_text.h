#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace estrad::webcast {

/// How long a text may be, in code points.
struct TextLimits {
  std::size_t least = 0;
  std::size_t most = 200;
};

/// Text that people wrote, made fit to be stored and shown: trimmed, well-formed UTF-8, within its
/// length, and free of control characters and of the marks that turn the direction of text (they
/// make a sentence read as another). The error names `field`.
///
/// A line has no line breaks at all; a block may have them, each as a single U+000A.
[[nodiscard]] Result<std::string> plain_line(std::string_view field, std::string_view text,
                                             TextLimits limits);
[[nodiscard]] Result<std::string> plain_block(std::string_view field, std::string_view text,
                                              TextLimits limits);

}  // namespace estrad::webcast
