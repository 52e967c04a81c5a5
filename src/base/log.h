#pragma once

#include <string>
#include <string_view>

#include <spdlog/fmt/fmt.h>

#include "base/error.h"
#include "base/result.h"

/// Log lines for the operator: noun first, ids quoted, one line for each event of life. Never a
/// key, a token, a name or an address. Any thread.
namespace estrad::log {

enum class Level { kDebug, kInfo, kWarning, kError };
enum class Format { kText, kJson };

[[nodiscard]] Result<Level> parse_level(std::string_view text);
[[nodiscard]] Result<Format> parse_format(std::string_view text);

/// Lines go to standard error. Called once, before the first thread starts; again in tests.
void set_up(Level level, Format format);

void write(Level level, std::string_view message);

/// How loud a handled error is: what a caller did wrong is information, a fault of ours is an
/// error.
[[nodiscard]] Level level_of(ErrorKind kind);
/// Logs an error once, where it is handled.
void write(const Error& error);

template <typename... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::kDebug, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::kInfo, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::kWarning, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::kError, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace estrad::log
