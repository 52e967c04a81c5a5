#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace estrad {

/// An unguessable string of `characters` lower-case letters and digits (5 bits each, from the
/// kernel's random source): stream keys, tokens, take addresses, question ids. Any thread.
[[nodiscard]] std::string random_id(std::size_t characters);

/// Compares secrets in a time that does not depend on where they differ.
[[nodiscard]] bool equal_secrets(std::string_view a, std::string_view b);

/// SHA-256 as lower-case hex: how tokens and secrets are stored.
[[nodiscard]] std::string sha256_hex(std::string_view text);

}  // namespace estrad
