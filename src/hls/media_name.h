#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace estrad::hls {

/// init-N.mp4
struct InitName {
  std::uint32_t number = 0;
  bool operator==(const InitName&) const = default;
};
/// RUN-MSN.m4s
struct SegmentName {
  std::uint32_t run = 0;
  std::uint64_t msn = 0;
  bool operator==(const SegmentName&) const = default;
};
/// RUN-MSN.PART.m4s
struct PartName {
  std::uint32_t run = 0;
  std::uint64_t msn = 0;
  std::uint32_t part = 0;
  bool operator==(const PartName&) const = default;
};
using MediaName = std::variant<InitName, SegmentName, PartName>;

/// Reads the last step of a media address. Only the one spelling that `to_string` writes is taken
/// (no leading zeros), so that a cache never holds a thing twice; nullopt for anything else.
[[nodiscard]] std::optional<MediaName> parse_media_name(std::string_view file);
[[nodiscard]] std::string to_string(const MediaName& name);

}  // namespace estrad::hls
