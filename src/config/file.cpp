#include "config/file.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <utility>

#include <spdlog/fmt/fmt.h>

#include "base/counting_iterator.h"

namespace estrad::config {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestFile = 1024 * 1024;
constexpr std::size_t kDeepest = 4;

/// Gathers values by path. The signatures are those of nlohmann::json_sax.
class Gatherer {
 public:
  explicit Gatherer(const std::size_t& line) : line_(line) {}

  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(json::number_integer_t value) { return put(value); }
  bool number_unsigned(json::number_unsigned_t value) { return put(value); }
  bool number_float(json::number_float_t value, const std::string& /*text*/) { return put(value); }
  bool string(std::string& value) { return put(std::move(value)); }
  bool binary(json::binary_t& /*value*/) { return refuse("binary values are not allowed"); }

  bool start_object(std::size_t /*size*/) {
    if (is_in_list_) {
      return refuse("an object in a list is not allowed");
    }
    if (path_.size() >= kDeepest) {
      return refuse("objects are nested too deep");
    }
    path_.emplace_back();
    return true;
  }
  bool key(std::string& name) {
    path_.back() = std::move(name);
    key_line_ = line_;
    const auto path = joined();
    if (std::find(seen_.begin(), seen_.end(), path) != seen_.end()) {
      return refuse(fmt::format("\"{}\" stands twice", path));
    }
    seen_.push_back(path);
    return true;
  }
  bool end_object() {
    path_.pop_back();
    return true;
  }
  bool start_array(std::size_t /*size*/) {
    if (is_in_list_) {
      return refuse("a list in a list is not allowed");
    }
    if (path_.empty()) {
      return refuse("the file holds one object: { … }");
    }
    is_in_list_ = true;
    list_ = json::array();
    return true;
  }
  bool end_array() {
    is_in_list_ = false;
    return put(std::move(list_));
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const json::exception& error) {
    const std::string_view text = error.what();
    const auto detail = text.find(": ");
    return refuse(fmt::format("not JSON: {}",
                              detail == std::string_view::npos ? text : text.substr(detail + 2)));
  }

  std::vector<FileValue> take_values() { return std::move(values_); }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  bool put(json value) {
    if (is_in_list_) {
      list_.push_back(std::move(value));
      return true;
    }
    if (path_.empty()) {
      return refuse("the file holds one object: { … }");
    }
    values_.push_back({joined(), std::move(value), key_line_});
    return true;
  }
  bool refuse(std::string message) {
    message_ = std::move(message);
    return false;
  }
  [[nodiscard]] std::string joined() const { return fmt::format("{}", fmt::join(path_, ".")); }

  const std::size_t& line_;
  std::vector<std::string> path_;
  std::vector<std::string> seen_;
  std::vector<FileValue> values_;
  json list_;
  std::size_t key_line_ = 1;
  bool is_in_list_ = false;
  std::string message_;
};

}  // namespace

Result<std::vector<FileValue>> read_values(std::string_view text) {
  std::size_t line = 1;
  Gatherer gatherer(line);
  const CountingIterator first(text.data(), &line);
  const CountingIterator last(text.data() + text.size(), &line);
  const bool is_read = json::sax_parse(first, last, &gatherer, json::input_format_t::json,
                                       /*strict=*/true, /*ignore_comments=*/true);
  if (!is_read) {
    return fail(invalid_input(gatherer.message()).in(fmt::format("line {}", line)));
  }
  return gatherer.take_values();
}

Result<std::string> read_configuration_file(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    auto error = unavailable_errno("cannot be read", errno);
    error.kind = ErrorKind::kNotFound;
    return fail(std::move(error));
  }
  std::string text(kLargestFile + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) {
    return fail(unavailable_errno("cannot be read", errno));
  }
  if (stream.gcount() > static_cast<std::streamsize>(kLargestFile)) {
    return fail(invalid_input("larger than 1 MiB"));
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

}  // namespace estrad::config
