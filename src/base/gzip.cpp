#include "base/gzip.h"

#include <array>
#include <new>
#include <utility>

#include <zlib.h>

namespace estrad {
namespace {

constexpr int kLevel = 6;
constexpr int kWindowBits = 15;
constexpr int kGzipWrapper = 16;

/// `window_bits` as zlib takes them: negative for raw deflate, 16 more for gzip.
std::string deflate_text(std::string_view text, int window_bits, int flush) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();  // all else about the call is constant
  }
  constexpr std::size_t kFlushMarker = 16;
  std::string packed(deflateBound(&stream, text.size()) + kFlushMarker, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, flush);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

void append_u32(std::string& to, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) {
    to.push_back(static_cast<char>(value >> static_cast<unsigned>(shift)));
  }
}

}  // namespace

std::string gzip(std::string_view text) {
  return deflate_text(text, kWindowBits + kGzipWrapper, Z_FINISH);
}

PackedText::PackedText(std::string text)
    : text_(std::move(text)),
      blocks_(deflate_text(text_, -kWindowBits, Z_FULL_FLUSH)),
      checksum_(static_cast<std::uint32_t>(
          crc32_z(0, reinterpret_cast<const Bytef*>(text_.data()), text_.size()))) {}

PackedTextPtr pack(std::string text) {
  return std::make_shared<const PackedText>(std::move(text));
}

std::string gzip(std::span<const PackedTextPtr> pieces) {
  // RFC 1952: magic, deflate, no flags, no time, no hint, Unix.
  constexpr std::array<char, 10> kHeader{'\x1f', '\x8b', 8, 0, 0, 0, 0, 0, 0, 3};
  constexpr std::string_view kEmptyLastBlock("\x03\x00", 2);
  std::string packed(kHeader.data(), kHeader.size());
  std::uint32_t checksum = 0;
  std::size_t size = 0;
  for (const PackedTextPtr& piece : pieces) {
    packed += piece->blocks_;
    checksum = static_cast<std::uint32_t>(
        crc32_combine(checksum, piece->checksum_, static_cast<z_off_t>(piece->text_.size())));
    size += piece->text_.size();
  }
  packed += kEmptyLastBlock;
  append_u32(packed, checksum);
  append_u32(packed, static_cast<std::uint32_t>(size));
  return packed;
}

}  // namespace estrad
