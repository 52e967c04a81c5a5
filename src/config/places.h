#pragma once

#include <filesystem>
#include <optional>

namespace estrad::config {

/// Where the program finds what belongs to it: in the checkout when it runs from the checkout's
/// build folder (`build/estrad`, `build-asan/estrad`, or tests beside them), else where a package
/// puts it.
struct Places {
  std::optional<std::filesystem::path> checkout;
  std::filesystem::path data;       ///< Default of `data.dir`.
  std::filesystem::path pipelines;  ///< Ladders: `<name>.json`.
};

/// `binary` is the absolute path of the running program (see `running_binary`).
[[nodiscard]] Places find_places(const std::filesystem::path& binary);

/// What /proc/self/exe points to.
[[nodiscard]] std::filesystem::path running_binary();

}  // namespace estrad::config
