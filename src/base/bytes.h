#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace estrad {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
/// Bytes that never change again; the only form in which bodies cross threads.
using SharedBytes = std::shared_ptr<const Bytes>;

[[nodiscard]] SharedBytes share(Bytes bytes);
[[nodiscard]] SharedBytes share(std::string_view text);
[[nodiscard]] ByteView as_bytes(std::string_view text);
[[nodiscard]] std::string_view as_text(ByteView bytes);

/// Reads big-endian numbers off untrusted bytes. Reading past the end gives zero and sets
/// `failed()`, once and for all: check it after a group of reads, before using any of them.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : bytes_(bytes) {}

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t remaining() const { return bytes_.size() - position_; }
  [[nodiscard]] std::size_t position() const { return position_; }

  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u24();
  std::uint32_t u32();
  std::uint64_t u64();
  /// Little-endian, as RTMP's message stream id.
  std::uint32_t u32_le();
  double f64();
  /// The next `count` bytes, not copied; empty when there are fewer.
  ByteView take(std::size_t count);
  /// All that is left.
  ByteView rest();
  void skip(std::size_t count) { static_cast<void>(take(count)); }

 private:
  std::uint64_t number(std::size_t width);

  ByteView bytes_;
  std::size_t position_ = 0;
  bool failed_ = false;
};

/// Appends big-endian numbers to a byte string.
class ByteWriter {
 public:
  explicit ByteWriter(Bytes& out) : out_(out) {}

  void u8(std::uint8_t value);
  void u16(std::uint16_t value);
  void u24(std::uint32_t value);
  void u32(std::uint32_t value);
  void u64(std::uint64_t value);
  void u32_le(std::uint32_t value);
  void f64(double value);
  void append(ByteView bytes);
  void append(std::string_view text) { append(as_bytes(text)); }

 private:
  Bytes& out_;
};

}  // namespace estrad
