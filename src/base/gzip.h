#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace estrad {

/// gzip at the level that playlists and pages use. Pure CPU, any thread.
[[nodiscard]] std::string gzip(std::string_view text);

/// A piece of a text that is packed once and then stands in many packed texts. Immutable; any
/// thread.
class PackedText {
 public:
  explicit PackedText(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  friend std::string gzip(std::span<const std::shared_ptr<const PackedText>> pieces);

  std::string text_;
  /// Raw deflate (RFC 1951), ended at a byte by a full flush: any other block may follow.
  std::string blocks_;
  std::uint32_t checksum_ = 0;
};

using PackedTextPtr = std::shared_ptr<const PackedText>;

[[nodiscard]] PackedTextPtr pack(std::string text);

/// What `gzip` of all pieces' text in a row unpacks to, without packing any of them again.
[[nodiscard]] std::string gzip(std::span<const PackedTextPtr> pieces);

}  // namespace estrad
