#include "config/load.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include "base/text.h"
#include "config/colour.h"
#include "config/file.h"
#include "config/keys.h"

namespace estrad::config {
namespace {

using nlohmann::json;

/// The value as the operator wrote it, short enough for one line.
std::string shown(const Key& key, const json& value) {
  constexpr std::size_t kLongest = 100;
  if (key.is_secret) {
    return "the value (not shown)";
  }
  const auto text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "…";
}

Error unknown_key(std::string_view path) {
  const auto start = std::string(path.substr(0, 100));
  return invalid_field(start, fmt::format("unknown key \"{}\"; did you mean \"{}\"?", start,
                                          nearest_key(path).path));
}

Status apply(Settings& settings, std::string_view path, const json& value) {
  const Key* const key = find_key(path);
  if (key == nullptr) {
    return fail(find_section(path) == nullptr
                    ? unknown_key(path)
                    : invalid_field(std::string(path),
                                    fmt::format("\"{}\" is a section; it holds an object", path)));
  }
  auto status = key->read(settings, value);
  if (!status) {
    return fail(
        invalid_field(key->path, fmt::format("{}: {} is not allowed; allowed: {}", key->path,
                                             shown(*key, value), status.error().message)));
  }
  return {};
}

/// What the text of --set or of a variable means for a key of this form.
json value_of_text(Form form, const std::string& text) {
  if (form == Form::kText) {
    return text;
  }
  if (form == Form::kNumber) {
    const auto number = parse_u64(text);
    return number ? json(*number) : json(text);
  }
  if (trim(text).starts_with('[')) {
    auto list = json::parse(text, nullptr, /*allow_exceptions=*/false);
    return list.is_discarded() ? json(text) : list;
  }
  auto list = json::array();
  for (const auto item : split(text, ',')) {
    if (!trim(item).empty()) {
      list.push_back(std::string(trim(item)));
    }
  }
  return list;
}

Status apply_text(Settings& settings, std::string_view path, const std::string& text) {
  const Key* const key = find_key(path);
  return apply(settings, path, value_of_text(key == nullptr ? Form::kText : key->form, text));
}

Status apply_file(Settings& settings, const std::filesystem::path& file) {
  auto text = read_configuration_file(file);
  if (!text) {
    return fail(std::move(text).error().in(file.string()));
  }
  auto values = read_values(*text);
  if (!values) {
    return fail(std::move(values).error().in(file.string()));
  }
  for (const auto& [path, value, line] : *values) {
    if (auto status = apply(settings, path, value); !status) {
      return fail(std::move(status).error().in(fmt::format("{}: line {}", file.string(), line)));
    }
  }
  return {};
}

/// The path of the key whose variable this is; empty when there is none.
std::string path_of_variable(std::string_view name) {
  const auto found = std::find_if(keys().begin(), keys().end(),
                                  [&](const Key& key) { return variable_name(key.path) == name; });
  return found == keys().end() ? std::string() : found->path;
}

bool is_of_a_section(std::string_view variable) {
  return std::any_of(sections().begin(), sections().end(), [&](const Section& section) {
    return variable.starts_with(variable_name(section.name) + "_");
  });
}

Status apply_environment(Settings& settings,
                         const std::map<std::string, std::string>& environment) {
  for (const auto& [name, text] : environment) {
    const auto path = path_of_variable(name);
    if (path.empty() && !is_of_a_section(name)) {
      continue;
    }
    if (path.empty()) {
      const auto meant = to_lower_ascii(std::string_view(name).substr(variable_name("").size()));
      return fail(invalid_field(name, fmt::format("unknown variable {}; did you mean {}?", name,
                                                  variable_name(nearest_key(meant).path))));
    }
    if (auto status = apply_text(settings, path, text); !status) {
      return fail(std::move(status).error().in("variable " + name));
    }
  }
  return {};
}

Status apply_assignments(Settings& settings, const std::vector<std::string>& assignments) {
  for (const auto& assignment : assignments) {
    const auto equals = assignment.find('=');
    if (equals == std::string::npos) {
      return fail(invalid_input(
          fmt::format("--set {}: a value is missing; allowed: --set key.path=value", assignment)));
    }
    const auto path = assignment.substr(0, equals);
    if (auto status = apply_text(settings, path, assignment.substr(equals + 1)); !status) {
      return fail(std::move(status).error().in("--set"));
    }
  }
  return {};
}

/// Values that only together are impossible.
Status check_together(const Settings& settings) {
  if (settings.hls.segment_ms % settings.hls.part_ms != 0) {
    return fail(invalid_field("hls.part_ms",
                              fmt::format("hls.part_ms: {} is not allowed with hls.segment_ms {}; "
                                          "allowed: what divides the segment into whole parts",
                                          settings.hls.part_ms, settings.hls.segment_ms)));
  }
  const auto& rtmps = settings.rtmps;
  if (rtmps.listen && (rtmps.certificate.empty() || rtmps.key.empty())) {
    return fail(invalid_field(
        "rtmps.listen", fmt::format("rtmps.listen: \"{}\" is not allowed without "
                                    "rtmps.certificate and rtmps.key; allowed: all three or none",
                                    to_string(*rtmps.listen))));
  }
  return {};
}

void fill_derived(Settings& settings, const Places& places) {
  if (settings.data.dir.empty()) {
    settings.data.dir = places.data;
  }
  if (settings.database.url.empty()) {
    settings.database.url = "sqlite://" + (settings.data.dir / "estrad.db").string();
  }
  if (settings.archive.url.empty()) {
    settings.archive.url = "file://" + (settings.data.dir / "archive").string();
  }
  if (const auto accent = parse_colour(settings.brand.accent)) {
    settings.brand.accent_on_dark =
        to_string(nearest_passing(*accent, kDarkGround, kContrastOnDark));
  }
}

Settings table_defaults() {
  Settings settings;
  for (const auto& key : keys()) {
    // A default that its own type refuses is a fault of the table, which the tests walk.
    static_cast<void>(key.read(settings, key.fallback));
  }
  return settings;
}

std::vector<std::string> notes_on(const Settings& settings,
                                  const std::map<std::string, std::string>& environment) {
  std::vector<std::string> notes;
  for (const auto& key : keys()) {
    if (key.is_later && key.write(settings) != key.fallback) {
      notes.push_back(fmt::format("{} is set, but this version does not use it yet", key.path));
    }
  }
  for (const auto& [name, text] : environment) {
    if (path_of_variable(name).empty()) {
      notes.push_back(fmt::format("variable {} is no setting and has no effect", name));
    }
  }
  return notes;
}

}  // namespace

Settings defaults(const Places& places) {
  auto settings = table_defaults();
  fill_derived(settings, places);
  return settings;
}

Result<Loaded> load(const Sources& sources) {
  auto settings = table_defaults();
  std::error_code ignored;
  const bool has_system_file = !sources.file && std::filesystem::exists(kSystemFile, ignored);
  Status status;
  if (sources.file || has_system_file) {
    status = apply_file(settings, sources.file.value_or(kSystemFile));
  }
  if (status) {
    status = apply_environment(settings, sources.environment);
  }
  if (status) {
    status = apply_assignments(settings, sources.assignments);
  }
  if (status) {
    status = check_together(settings);
  }
  if (!status) {
    return fail(std::move(status).error());
  }
  auto notes = notes_on(settings, sources.environment);
  fill_derived(settings, sources.places);
  return Loaded{std::move(settings), std::move(notes)};
}

std::map<std::string, std::string> environment_of_process() {
  std::map<std::string, std::string> found;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (text.starts_with("ESTRAD_") && equals != std::string_view::npos) {
      found.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return found;
}

std::filesystem::path database_file(const Settings& settings) {
  return parse_local_url("sqlite", settings.database.url).value_or(std::string());
}

std::filesystem::path archive_folder(const Settings& settings) {
  return parse_local_url("file", settings.archive.url).value_or(std::string());
}

}  // namespace estrad::config
