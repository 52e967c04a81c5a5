#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace estrad::pipeline {

/// FLV as an encoder writes it, for tests.
inline Bytes flv_header() {
  return {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};
}

inline Bytes flv_tag(std::uint8_t type, std::uint32_t timestamp_ms, ByteView payload) {
  Bytes bytes;
  ByteWriter out(bytes);
  out.u8(type);
  out.u24(static_cast<std::uint32_t>(payload.size()));
  out.u24(timestamp_ms & 0xFFFFFFU);
  out.u8(static_cast<std::uint8_t>(timestamp_ms >> 24U));
  out.u24(0);
  out.append(payload);
  out.u32(static_cast<std::uint32_t>(payload.size()) + 11);
  return bytes;
}

}  // namespace estrad::pipeline
