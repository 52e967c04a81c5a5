#include "config/manual.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "config/keys.h"
#include "config/load.h"
#include "support/places.h"

namespace estrad::config {
namespace {

const std::filesystem::path kShipped = test::source_folder() / "deploy/estrad.json";

/// With WRITE_MANUAL=1 in the environment the shipped file is written anew instead.
TEST(Manual, IsTheShippedDefaultFile) {
  if (std::getenv("WRITE_MANUAL") != nullptr) {
    std::ofstream(kShipped) << manual();
  }
  std::ostringstream shipped;
  shipped << std::ifstream(kShipped).rdbuf();
  EXPECT_EQ(shipped.str(), manual())
      << "after a change of keys, write it anew: WRITE_MANUAL=1 ctest -R Manual";
}

TEST(Manual, LoadsAsTheDefaults) {
  Sources sources;
  sources.places = {std::nullopt, "/var/lib/estrad", "/usr/share/estrad/pipelines"};
  sources.file = kShipped;
  const auto loaded = load(sources);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
  const auto expected = defaults(sources.places);
  for (const auto& key : keys()) {
    EXPECT_EQ(key.write(loaded->settings), key.write(expected)) << key.path;
  }
  EXPECT_TRUE(loaded->notes.empty());
}

}  // namespace
}  // namespace estrad::config
