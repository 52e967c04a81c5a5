#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "archive/take.h"
#include "base/result.h"

/// The names of a take's files, and its take.json.
namespace estrad::archive {

[[nodiscard]] std::filesystem::path take_path(const std::filesystem::path& root,
                                              const TakeAddress& address);
/// <track>-<N>.mp4
[[nodiscard]] std::filesystem::path media_path(const std::filesystem::path& folder,
                                               std::string_view track, std::uint32_t number);
/// <track>.index
[[nodiscard]] std::filesystem::path index_path(const std::filesystem::path& folder,
                                               std::string_view track);

/// Not found: no such take.
[[nodiscard]] Result<TakeInfo> read_info(const std::filesystem::path& folder, TakeAddress address);
[[nodiscard]] Status write_info(const std::filesystem::path& folder, const TakeInfo& info);

}  // namespace estrad::archive
