#include "config/manual.h"

#include <string_view>

#include <spdlog/fmt/fmt.h>

#include "base/text.h"
#include "config/keys.h"

namespace estrad::config {
namespace {

constexpr std::size_t kLineWidth = 100;

constexpr std::string_view kIntroduction =
    "The configuration of Estrad: every key with its default. Copy to /etc/estrad/estrad.json and "
    "keep what you change; what is left out has the default. Stronger than this file is the "
    "environment (http.listen is ESTRAD_HTTP_LISTEN), stronger still the command line (--set "
    "http.listen=127.0.0.1:8081). `estrad doctor` checks the result.";

/// `text` as // comments, broken between words.
std::string comment(std::string_view text, std::string_view indent) {
  std::string lines;
  std::string line;
  const auto close_line = [&] {
    lines += fmt::format("{}//{}\n", indent, line);
    line.clear();
  };
  for (const auto word : split(text, ' ')) {
    if (indent.size() + 2 + count_code_points(line) + 1 + count_code_points(word) > kLineWidth) {
      close_line();
    }
    line += ' ';
    line += word;
  }
  close_line();
  return lines;
}

std::string value_text(const nlohmann::json& value) {
  if (!value.is_array()) {
    return value.dump();
  }
  std::vector<std::string> items;
  for (const auto& item : value) {
    items.push_back(item.dump());
  }
  return "[" + join(items, ", ") + "]";
}

std::string entry(const Key& key) {
  const auto name = key.path.substr(key.path.find('.') + 1);
  auto text = comment(key.help, "    ");
  text += comment(fmt::format("Allowed: {}.", key.allowed), "    ");
  if (key.is_later) {
    text += comment("Read and checked, but not used by this version yet.", "    ");
  }
  return text + fmt::format("    \"{}\": {}", name, value_text(key.fallback));
}

}  // namespace

std::string manual() {
  std::string text = comment(kIntroduction, "") + "{\n";
  for (const auto& section : sections()) {
    const bool is_first = &section == &sections().front();
    text += fmt::format("{}{}  \"{}\": {{\n", is_first ? "" : "  },\n\n",
                        comment(section.help, "  "), section.name);
    bool is_first_key = true;
    for (const auto& key : keys()) {
      if (key.path.starts_with(section.name + ".")) {
        text += (is_first_key ? "" : ",\n\n") + entry(key);
        is_first_key = false;
      }
    }
    text += "\n";
  }
  return text + "  }\n}\n";
}

}  // namespace estrad::config
