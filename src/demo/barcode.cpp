#include "demo/barcode.h"

namespace estrad::demo {
namespace {

constexpr std::size_t kTimeBits = 44;
constexpr std::size_t kFirstTimeCell = 2;
constexpr std::size_t kFirstCheckCell = kFirstTimeCell + kTimeBits;
constexpr std::uint8_t kWhiteAbove = 128;

std::uint64_t check_of(std::uint64_t time) {
  std::uint64_t check = 0;
  for (std::size_t bit = 0; bit < kTimeBits; bit += 4) {
    check ^= (time >> bit) & 0xF;
  }
  return check;
}

void put_bits(Barcode& cells, std::size_t first, std::size_t count, std::uint64_t value) {
  for (std::size_t i = 0; i < count; ++i) {
    cells.at(first + i) = ((value >> (count - 1 - i)) & 1) != 0;
  }
}

std::uint64_t get_bits(const Barcode& cells, std::size_t first, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    value = (value << 1) | (cells.at(first + i) ? 1U : 0U);
  }
  return value;
}

}  // namespace

Barcode encode_barcode(WallTime time) {
  const auto bits = static_cast<std::uint64_t>(epoch_ms(time)) & ((1ULL << kTimeBits) - 1);
  Barcode cells{};
  cells[0] = true;
  cells[1] = false;
  put_bits(cells, kFirstTimeCell, kTimeBits, bits);
  put_bits(cells, kFirstCheckCell, 4, check_of(bits));
  return cells;
}

std::optional<WallTime> decode_barcode(const Barcode& cells) {
  const auto bits = get_bits(cells, kFirstTimeCell, kTimeBits);
  const auto check = get_bits(cells, kFirstCheckCell, 4);
  if (!cells[0] || cells[1] || check != check_of(bits)) {
    return std::nullopt;
  }
  return from_epoch_ms(static_cast<std::int64_t>(bits));
}

std::optional<WallTime> read_barcode(const LumaPlane& luma) {
  const auto row = static_cast<std::size_t>(static_cast<double>(luma.height) * kBarcodeSample);
  const bool is_whole = luma.width >= kBarcodeCells && luma.height > 0 &&
                        luma.stride >= luma.width &&
                        luma.bytes.size() >= row * luma.stride + luma.width;
  if (!is_whole) {
    return std::nullopt;
  }
  Barcode cells{};
  for (std::size_t i = 0; i < kBarcodeCells; ++i) {
    const std::size_t column = (2 * i + 1) * luma.width / (2 * kBarcodeCells);
    cells.at(i) = luma.bytes[row * luma.stride + column] > kWhiteAbove;
  }
  return decode_barcode(cells);
}

}  // namespace estrad::demo
