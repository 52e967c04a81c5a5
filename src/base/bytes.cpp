#include "base/bytes.h"

#include <bit>

namespace estrad {

SharedBytes share(Bytes bytes) {
  return std::make_shared<const Bytes>(std::move(bytes));
}

SharedBytes share(std::string_view text) {
  return std::make_shared<const Bytes>(text.begin(), text.end());
}

ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::uint64_t ByteReader::number(std::size_t width) {
  std::uint64_t value = 0;
  for (std::uint8_t byte : take(width)) {
    value = value << 8 | byte;
  }
  return value;
}

std::uint8_t ByteReader::u8() {
  return static_cast<std::uint8_t>(number(1));
}

std::uint16_t ByteReader::u16() {
  return static_cast<std::uint16_t>(number(2));
}

std::uint32_t ByteReader::u24() {
  return static_cast<std::uint32_t>(number(3));
}

std::uint32_t ByteReader::u32() {
  return static_cast<std::uint32_t>(number(4));
}

std::uint64_t ByteReader::u64() {
  return number(8);
}

std::uint32_t ByteReader::u32_le() {
  return __builtin_bswap32(u32());
}

double ByteReader::f64() {
  return std::bit_cast<double>(u64());
}

ByteView ByteReader::take(std::size_t count) {
  if (failed_ || count > remaining()) {
    failed_ = true;
    position_ = bytes_.size();
    return {};
  }
  ByteView taken = bytes_.subspan(position_, count);
  position_ += count;
  return taken;
}

ByteView ByteReader::rest() {
  return take(remaining());
}

void ByteWriter::u8(std::uint8_t value) {
  out_.push_back(value);
}

void ByteWriter::u16(std::uint16_t value) {
  u8(static_cast<std::uint8_t>(value >> 8));
  u8(static_cast<std::uint8_t>(value));
}

void ByteWriter::u24(std::uint32_t value) {
  u8(static_cast<std::uint8_t>(value >> 16));
  u16(static_cast<std::uint16_t>(value));
}

void ByteWriter::u32(std::uint32_t value) {
  u16(static_cast<std::uint16_t>(value >> 16));
  u16(static_cast<std::uint16_t>(value));
}

void ByteWriter::u64(std::uint64_t value) {
  u32(static_cast<std::uint32_t>(value >> 32));
  u32(static_cast<std::uint32_t>(value));
}

void ByteWriter::u32_le(std::uint32_t value) {
  u32(__builtin_bswap32(value));
}

void ByteWriter::f64(double value) {
  u64(std::bit_cast<std::uint64_t>(value));
}

void ByteWriter::append(ByteView bytes) {
  out_.insert(out_.end(), bytes.begin(), bytes.end());
}

}  // namespace estrad
