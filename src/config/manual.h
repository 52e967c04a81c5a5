#pragma once

#include <string>

namespace estrad::config {

/// The shipped default file, deploy/estrad.json: every key with its default and a comment, written
/// from the table of keys.
[[nodiscard]] std::string manual();

}  // namespace estrad::config
