#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/log.h"
#include "base/result.h"
#include "config/value.h"

namespace estrad::config {

/// How a key is written in JSON, and so how the text of --set or of a variable becomes JSON.
enum class Form { kText, kNumber, kList };

/// What one key takes. `read` gets any JSON value and fails with what is allowed, nothing more: the
/// loader adds the place, the key and the value.
template <typename T>
struct Type {
  Form form = Form::kText;
  std::string allowed;
  std::function<Result<T>(const nlohmann::json&)> read;
  std::function<nlohmann::json(const T&)> write;
};

[[nodiscard]] Type<std::uint32_t> whole_number(std::uint32_t least, std::uint32_t most);
[[nodiscard]] Type<std::chrono::milliseconds> duration(std::chrono::milliseconds least,
                                                       std::chrono::milliseconds most);
/// As `duration`, or 0 for `meaning_of_zero`.
[[nodiscard]] Type<std::chrono::milliseconds> duration_or_zero(std::string_view meaning_of_zero,
                                                               std::chrono::milliseconds least,
                                                               std::chrono::milliseconds most);
[[nodiscard]] Type<HostPort> listen_address();
[[nodiscard]] Type<std::optional<HostPort>> listen_address_or_off();
[[nodiscard]] Type<PortRange> port_range();
[[nodiscard]] Type<std::vector<Network>> networks();
/// Words of at most `most` characters, without control characters.
[[nodiscard]] Type<std::string> words(std::size_t most);
/// `[a-z0-9-]`: what becomes part of a file name.
[[nodiscard]] Type<std::string> plain_name();
[[nodiscard]] Type<std::string> file_or_none();
[[nodiscard]] Type<std::string> host_or_none();
/// Made absolute against the current folder.
[[nodiscard]] Type<std::filesystem::path> folder_or_default();
[[nodiscard]] Type<std::string> web_address_or_none();
/// `SCHEME:///absolute/path`, or empty for the default.
[[nodiscard]] Type<std::string> local_url_or_default(std::string scheme);
[[nodiscard]] Type<std::string> mail_url_or_off();
[[nodiscard]] Type<std::vector<std::string>> ice_servers();
/// A colour that carries white text.
[[nodiscard]] Type<std::string> accent_colour();
[[nodiscard]] Type<log::Level> log_level();
[[nodiscard]] Type<log::Format> log_format();

}  // namespace estrad::config
