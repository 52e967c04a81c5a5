#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/clock.h"

/// The strip at the bottom of the demo picture that says, to machines, when a frame was made. It
/// takes the lowest 6 % of the picture over its full width, in 50 equal cells: one white and one
/// black to tell that it is there, 44 bits of wall clock (epoch milliseconds, most significant
/// first, white is 1), and 4 bits of check, the XOR of the eleven nibbles. Pure, any thread.
namespace estrad::demo {

inline constexpr std::size_t kBarcodeCells = 50;
/// Where the strip begins, and where its cells are sampled, as shares of the picture's height.
inline constexpr double kBarcodeTop = 0.94;
inline constexpr double kBarcodeSample = 0.97;

/// True is white. From left to right.
using Barcode = std::array<bool, kBarcodeCells>;

[[nodiscard]] Barcode encode_barcode(WallTime time);
/// Nullopt when the first cells or the check are wrong.
[[nodiscard]] std::optional<WallTime> decode_barcode(const Barcode& cells);

/// The luma plane of a decoded picture (8 bits a sample).
struct LumaPlane {
  ByteView bytes;
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t stride = 0;
};

/// The time that a decoded picture shows; nullopt when it shows none.
[[nodiscard]] std::optional<WallTime> read_barcode(const LumaPlane& luma);

}  // namespace estrad::demo
