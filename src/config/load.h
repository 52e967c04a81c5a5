#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/config.h"
#include "config/places.h"

namespace estrad::config {

inline constexpr const char* kSystemFile = "/etc/estrad/estrad.json";

/// Where settings come from, weakest first: defaults, file, environment, assignments.
struct Sources {
  Places places;
  /// `--config FILE`. None: kSystemFile, when it is there.
  std::optional<std::filesystem::path> file;
  /// Variables that begin with ESTRAD_; `ESTRAD_HTTP_LISTEN` is `http.listen`.
  std::map<std::string, std::string> environment;
  /// `--set key.path=value`, in order; `--data DIR` is `data.dir=DIR`.
  std::vector<std::string> assignments;
};

struct Loaded {
  Settings settings;
  /// What the operator should hear once at start: settings that this version does not use yet.
  std::vector<std::string> notes;
};

/// Reads and checks all of it. The first fault is an Error of kind kInvalidInput (kNotFound for a
/// named file that is not there) that says where it stands (file and line, variable or --set), the
/// key, the value and what is allowed; `field` is the key.
[[nodiscard]] Result<Loaded> load(const Sources& sources);

/// The default settings for these places.
[[nodiscard]] Settings defaults(const Places& places);

/// Those variables of this process that begin with ESTRAD_.
[[nodiscard]] std::map<std::string, std::string> environment_of_process();

}  // namespace estrad::config
