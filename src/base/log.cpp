#include "base/log.h"

#include <nlohmann/json.hpp>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace estrad::log {
namespace {

/// The message as a JSON string, quotes included: spdlog's own patterns do not escape.
class JsonMessage final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm& /*time*/,
              spdlog::memory_buf_t& out) override {
    const nlohmann::json text(std::string(message.payload.data(), message.payload.size()));
    const std::string quoted = text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    out.append(quoted.data(), quoted.data() + quoted.size());
  }
  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JsonMessage>();
  }
};

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

Result<Level> parse_level(std::string_view text) {
  if (text == "debug") {
    return Level::kDebug;
  }
  if (text == "info") {
    return Level::kInfo;
  }
  if (text == "warning") {
    return Level::kWarning;
  }
  if (text == "error") {
    return Level::kError;
  }
  return fail(invalid_input(fmt::format("\"{}\" is not one of debug, info, warning, error", text)));
}

Result<Format> parse_format(std::string_view text) {
  if (text == "text") {
    return Format::kText;
  }
  if (text == "json") {
    return Format::kJson;
  }
  return fail(invalid_input(fmt::format("\"{}\" is not one of text, json", text)));
}

void set_up(Level level, Format format) {
  auto logger =
      std::make_shared<spdlog::logger>("estrad", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
  switch (format) {
    case Format::kText:
      formatter->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %-7l %v");
      break;
    case Format::kJson:
      formatter->add_flag<JsonMessage>('*').set_pattern(
          R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%*})");
      break;
  }
  logger->set_formatter(std::move(formatter));
  logger->set_level(to_spdlog(level));
  logger->flush_on(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
}

void write(Level level, std::string_view message) {
  spdlog::default_logger_raw()->log(to_spdlog(level),
                                    spdlog::string_view_t(message.data(), message.size()));
}

Level level_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput:
    case ErrorKind::kNotFound:
    case ErrorKind::kConflict:
      return Level::kInfo;
    case ErrorKind::kUnavailable:
    case ErrorKind::kMedia:
      return Level::kWarning;
    case ErrorKind::kInternal:
      return Level::kError;
  }
  return Level::kError;
}

void write(const Error& error) {
  write(level_of(error.kind), error.message);
}

}  // namespace estrad::log
