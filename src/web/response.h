#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/bytes.h"

namespace estrad::web {

/// How long an answer may be kept by browsers and caches: the values of interface.md and hls.md.
namespace cache {
inline constexpr std::string_view kNever = "no-store";
/// Kept, but asked about (ETag) before each use.
inline constexpr std::string_view kRevalidate = "no-cache";
inline constexpr std::string_view kOneSecond = "public, max-age=1";
inline constexpr std::string_view kLogPage = "public, max-age=30";
inline constexpr std::string_view kForEver = "public, max-age=86400, immutable";
inline constexpr std::string_view kHashedName = "public, max-age=31536000, immutable";
}  // namespace cache

/// Who may put an answer on their page.
enum class Framing { kNobody, kAnyone };

/// An answer as a value; Exchange::send makes HTTP of it.
struct Response {
  unsigned status = 200;
  std::string content_type = {};
  std::string cache_control = std::string(cache::kNever);
  std::vector<std::pair<std::string, std::string>> headers = {};
  /// In this order.
  std::vector<SharedBytes> body = {};
  /// The same, for clients that take it; empty when it is not worth it.
  SharedBytes gzip = {};
  /// With its quotes; empty for none. With one, ranges are answered.
  std::string etag = {};
  /// Scripts of any site may read it (media, playlists, the public log).
  bool is_cross_origin = false;
  Framing framing = Framing::kNobody;

  [[nodiscard]] Response&& with(std::string name, std::string value) &&;
  [[nodiscard]] Response&& cached(std::string_view cache_control_value) &&;
};

[[nodiscard]] std::size_t size_of(const std::vector<SharedBytes>& body);

[[nodiscard]] Response no_content();
[[nodiscard]] Response json_response(unsigned status, const nlohmann::json& body);
[[nodiscard]] Response json_bytes(SharedBytes body);
[[nodiscard]] Response html_response(unsigned status, std::string body);
[[nodiscard]] Response text_response(unsigned status, std::string body);
/// A lasting redirect; the method stays (308).
[[nodiscard]] Response moved_to(std::string location);

}  // namespace estrad::web
