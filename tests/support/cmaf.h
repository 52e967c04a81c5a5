#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace estrad::test {

/// A box of ISO base media with this content.
[[nodiscard]] Bytes make_box(std::string_view type, ByteView content);

/// The smallest thing that counts as a CMAF fragment: moof (mfhd, traf with tfhd and tfdt) and an
/// mdat of `size` bytes, which no decoder would take.
[[nodiscard]] Bytes make_fragment(std::uint64_t decode_time, std::size_t size = 16);

/// The smallest thing that counts as an init segment; `name` makes it differ from others.
[[nodiscard]] Bytes make_init(std::string_view name);

}  // namespace estrad::test
