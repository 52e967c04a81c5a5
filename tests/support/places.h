#pragma once

#include <filesystem>

namespace estrad::test {

/// The checkout that the tests were built from.
[[nodiscard]] std::filesystem::path source_folder();

/// Where the programs are that tests start as processes of their own (tests/programs).
[[nodiscard]] std::filesystem::path programs_folder();

}  // namespace estrad::test
