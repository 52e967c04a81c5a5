#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "ingest/rtmp/amf0_reader.h"
#include "ingest/rtmp/amf0_writer.h"

/// What can be read must be written so that it reads the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace estrad;
  ingest::rtmp::AmfReader reader(ByteView(data, size));
  while (!reader.is_at_end()) {
    const auto value = reader.next();
    if (!value) {
      return 0;
    }
    Bytes written;
    ingest::rtmp::write_amf(*value, written);
    const auto again = ingest::rtmp::AmfReader(written).next();
    Bytes rewritten;
    if (again) {
      ingest::rtmp::write_amf(*again, rewritten);
    }
    // Bytes, not values: a NaN is no NaN's equal.
    if (rewritten != written) {
      std::abort();
    }
  }
  return 0;
}
