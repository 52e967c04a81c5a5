#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace estrad::live {

/// Makes a fragment of a still picture last `duration` ticks: writes the durations of its samples
/// (in `tfhd`, and in `trun` where they are given one by one). A still picture can last any time;
/// so the slate fills any time. At least one tick a sample. Media error when the fragment is not
/// one `moof` with one `traf` that says durations.
[[nodiscard]] Result<Bytes> stretched(Bytes fragment, std::uint32_t duration);

}  // namespace estrad::live
