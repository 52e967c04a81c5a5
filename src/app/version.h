#pragma once

namespace estrad::app {

/// The project's version, as CMakeLists.txt has it.
inline constexpr const char* kVersion = ESTRAD_VERSION;

}  // namespace estrad::app
