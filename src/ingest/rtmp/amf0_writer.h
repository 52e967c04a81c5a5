#pragma once

#include "base/bytes.h"
#include "ingest/rtmp/amf0.h"

namespace estrad::ingest::rtmp {

/// Appends `value` to `out` as AMF 0. Names longer than 65,535 bytes are cut.
void write_amf(const AmfValue& value, Bytes& out);

}  // namespace estrad::ingest::rtmp
