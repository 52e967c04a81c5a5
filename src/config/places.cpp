#include "config/places.h"

#include <string>
#include <system_error>

namespace estrad::config {
namespace {

bool is_checkout(const std::filesystem::path& folder) {
  std::error_code ignored;
  return std::filesystem::exists(folder / "CMakeLists.txt", ignored) &&
         std::filesystem::exists(folder / "recordings" / "README.md", ignored) &&
         std::filesystem::is_directory(folder / "pipelines", ignored);
}

}  // namespace

Places find_places(const std::filesystem::path& binary) {
  auto folder = binary.parent_path();
  // Tests stand one folder below the program, in build/tests.
  if (folder.filename() == "tests") {
    folder = folder.parent_path();
  }
  if (folder.filename().string().starts_with("build") && is_checkout(folder.parent_path())) {
    const auto checkout = folder.parent_path();
    return {checkout, checkout / "recordings", checkout / "pipelines"};
  }
  // <prefix>/bin/estrad and <prefix>/share/estrad
  return {std::nullopt, "/var/lib/estrad",
          binary.parent_path().parent_path() / "share" / "estrad" / "pipelines"};
}

std::filesystem::path running_binary() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored);
}

}  // namespace estrad::config
