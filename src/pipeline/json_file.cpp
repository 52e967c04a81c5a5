#include "pipeline/json_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "base/counting_iterator.h"

namespace estrad::pipeline {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxFileBytes = std::size_t{64} * 1024;

using Lines = std::map<std::string, std::size_t>;

/// Notes where each key and each object in a list begins. The signatures are those of
/// nlohmann::json_sax.
class LineFinder {
 public:
  explicit LineFinder(const std::size_t& line) : line_(line) {}

  bool null() { return pass(); }
  bool boolean(bool /*value*/) { return pass(); }
  bool number_integer(json::number_integer_t /*value*/) { return pass(); }
  bool number_unsigned(json::number_unsigned_t /*value*/) { return pass(); }
  bool number_float(json::number_float_t /*value*/, const std::string& /*text*/) { return pass(); }
  bool string(std::string& /*value*/) { return pass(); }
  bool binary(json::binary_t& /*value*/) { return pass(); }
  bool start_object(std::size_t /*size*/) { return open(); }
  bool start_array(std::size_t /*size*/) {
    open();
    levels_.back().next_index = 0;
    return true;
  }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    Level& level = levels_.back();
    const bool is_top = levels_.size() == 1;
    level.child = is_top ? name : level.path + "." + name;
    if (!lines_.emplace(level.child, line_).second) {
      message_ = fmt::format("\"{}\" stands twice", level.child);
    }
    return message_.empty();
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const json::exception& error) {
    const std::string_view text = error.what();
    const auto detail = text.find(": ");
    message_ = fmt::format("not JSON: {}",
                           detail == std::string_view::npos ? text : text.substr(detail + 2));
    return false;
  }

  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] Lines take_lines() { return std::move(lines_); }

 private:
  struct Level {
    std::string path;     ///< of the object or list itself
    std::string child;    ///< of the value that is being read
    int next_index = -1;  ///< -1: an object
  };
  bool pass() {
    if (!levels_.empty() && levels_.back().next_index >= 0) {
      ++levels_.back().next_index;
    }
    return true;
  }
  bool open() {
    Level level;
    if (!levels_.empty()) {
      Level& outer = levels_.back();
      level.path =
          outer.next_index < 0 ? outer.child : fmt::format("{}[{}]", outer.path, outer.next_index);
      lines_.emplace(level.path, line_);
    }
    pass();
    levels_.push_back(std::move(level));
    return true;
  }
  bool close() {
    levels_.pop_back();
    return true;
  }

  const std::size_t& line_;
  std::vector<Level> levels_;
  Lines lines_;
  std::string message_;
};

}  // namespace

struct JsonNode::Document {
  std::string name;
  json value;
  Lines lines;
};

JsonNode::JsonNode(std::shared_ptr<const Document> document, const json& value, std::string path)
    : document_(std::move(document)), value_(&value), path_(std::move(path)) {}

Result<JsonNode> JsonNode::read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return fail(not_found("cannot be opened").in(file.string()));
  }
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.size() > kMaxFileBytes) {
    return fail(invalid_input("is longer than 64 KiB").in(file.string()));
  }
  return read_text(text, file.string());
}

Result<JsonNode> JsonNode::read_text(std::string_view text, std::string name) {
  std::size_t line = 1;
  LineFinder finder(line);
  const CountingIterator first(text.data(), &line);
  const CountingIterator last(text.data() + text.size(), &line);
  if (!json::sax_parse(first, last, &finder, json::input_format_t::json, /*strict=*/true,
                       /*ignore_comments=*/true)) {
    return fail(invalid_input(finder.message()).in(fmt::format("line {}", line)).in(name));
  }
  auto document = std::make_shared<Document>();
  document->name = std::move(name);
  document->value = json::parse(text, nullptr, false, true);
  document->lines = finder.take_lines();
  const json& value = document->value;
  return JsonNode(std::move(document), value, "");
}

Error JsonNode::error(const std::string& message) const {
  // A key that is not there has the line of what should hold it.
  std::string path = path_;
  auto found = document_->lines.find(path);
  while (found == document_->lines.end() && !path.empty()) {
    const auto end = path.find_last_of(".[");
    path.resize(end == std::string::npos ? 0 : end);
    found = document_->lines.find(path);
  }
  const std::size_t line = found != document_->lines.end() ? found->second : 1;
  return invalid_field(path_, message).in(fmt::format("line {}", line)).in(document_->name);
}

JsonNode JsonNode::child(const std::string& key) const {
  return {document_, value_->at(key), path_.empty() ? key : path_ + "." + key};
}

bool JsonNode::has(const std::string& key) const {
  return value_->is_object() && value_->contains(key);
}

Result<JsonNode> JsonNode::at(const std::string& key) const {
  if (!has(key)) {
    return fail(error((path_.empty() ? key : path_ + "." + key) + " is missing"));
  }
  return child(key);
}

Result<std::uint32_t> JsonNode::number(const std::string& key, std::uint32_t lowest,
                                       std::uint32_t highest) const {
  return at(key).and_then([&](const JsonNode& node) -> Result<std::uint32_t> {
    const json& value = node.value();
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() < lowest ||
        value.get<std::uint64_t>() > highest) {
      return fail(node.error(fmt::format("{} is {}; it takes a number from {} to {}", node.path_,
                                         value.dump(), lowest, highest)));
    }
    return value.get<std::uint32_t>();
  });
}

Result<std::string> JsonNode::text(const std::string& key) const {
  return at(key).and_then([](const JsonNode& node) -> Result<std::string> {
    if (!node.value().is_string()) {
      return fail(node.error(node.path_ + " must be text"));
    }
    return node.value().get<std::string>();
  });
}

Result<std::vector<JsonNode>> JsonNode::list(const std::string& key, std::size_t most) const {
  return at(key).and_then([most](const JsonNode& node) -> Result<std::vector<JsonNode>> {
    const json& value = node.value();
    if (!value.is_array() || value.empty() || value.size() > most) {
      return fail(node.error(fmt::format("{} must be a list of 1 to {}", node.path_, most)));
    }
    std::vector<JsonNode> nodes;
    for (const json& entry : value) {
      nodes.push_back(
          JsonNode(node.document_, entry, fmt::format("{}[{}]", node.path_, nodes.size())));
    }
    return nodes;
  });
}

Status JsonNode::only(const std::vector<std::string_view>& keys) const {
  if (!value_->is_object()) {
    return fail(error((path_.empty() ? "the file" : path_) + " must be an object: { … }"));
  }
  for (const auto& entry : value_->items()) {
    if (std::find(keys.begin(), keys.end(), entry.key()) == keys.end()) {
      const JsonNode node = child(entry.key());
      return fail(node.error(
          fmt::format("{} is not known; allowed here: {}", node.path_, fmt::join(keys, ", "))));
    }
  }
  return {};
}

}  // namespace estrad::pipeline
