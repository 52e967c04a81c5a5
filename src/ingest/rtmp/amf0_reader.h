#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/result.h"
#include "ingest/rtmp/amf0.h"

namespace estrad::ingest::rtmp {

/// What one AMF 0 message may hold at most.
struct AmfLimits {
  std::size_t depth = 16;
  /// Values in all, those within objects and arrays included.
  std::size_t values = 4096;
  /// Every name and string.
  std::size_t string_bytes = std::size_t{64} << 10;
};

/// Reads AMF 0 values, one after the other, off untrusted bytes. References, AMF 3 and the types
/// that the specification reserves are refused: no encoder sends them.
class AmfReader {
 public:
  explicit AmfReader(ByteView bytes, AmfLimits limits = {}) : reader_(bytes), limits_(limits) {}

  [[nodiscard]] bool is_at_end() const { return reader_.remaining() == 0; }
  /// How much of the bytes has been read.
  [[nodiscard]] std::size_t position() const { return reader_.position(); }
  /// The next value. After an error nothing more can be read.
  [[nodiscard]] Result<AmfValue> next();

 private:
  Result<AmfValue> value(std::size_t depth);
  /// `value`, unless the bytes ended within it.
  [[nodiscard]] Result<AmfValue> complete(AmfValue value) const;
  Result<std::string> text(std::size_t length);
  Result<std::vector<AmfProperty>> properties(std::size_t depth);
  Result<AmfValue> strict_array(std::size_t depth);
  Result<AmfValue> typed_object(std::size_t depth);

  ByteReader reader_;
  AmfLimits limits_;
  std::size_t values_read_ = 0;
};

}  // namespace estrad::ingest::rtmp
