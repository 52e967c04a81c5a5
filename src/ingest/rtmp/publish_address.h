#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace estrad::ingest::rtmp {

/// The stream key in what an encoder gives as application and publish name.
///
/// The key is the publish name, without blanks around it and without a `?query`. The application
/// may have any number of path parts. When the publish name is empty and the application has
/// exactly two parts (`live/KEY`), the second is the key: with more, nobody could tell. nullopt
/// when there is no key, or one that is no key's shape (more than 256 bytes, not printable ASCII).
[[nodiscard]] std::optional<std::string> find_key(std::string_view app, std::string_view name);

}  // namespace estrad::ingest::rtmp
