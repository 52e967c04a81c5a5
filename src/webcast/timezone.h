#pragma once

#include <string_view>

namespace estrad::webcast {

/// True when `name` is a zone of the IANA database that this machine has (`Europe/Stockholm`;
/// Debian: package tzdata). `UTC` is always known. Reads one small file; any thread.
[[nodiscard]] bool is_known_timezone(std::string_view name);

}  // namespace estrad::webcast
