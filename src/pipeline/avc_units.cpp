#include "pipeline/avc_units.h"

#include <algorithm>

namespace estrad::pipeline {
namespace {

// nal_unit_type (ITU-T H.264, table 7-1)
constexpr std::uint8_t kSlice = 1;
constexpr std::uint8_t kIdrSlice = 5;
constexpr std::uint8_t kSequenceParameters = 7;
constexpr std::uint8_t kPictureParameters = 8;
constexpr std::uint8_t kFiller = 12;

bool read_parameters(ByteReader& in, std::uint8_t count, std::vector<Bytes>& parameters) {
  for (std::uint8_t i = 0; i < count; ++i) {
    const ByteView set = in.take(in.u16());
    if (in.failed() || set.empty()) {
      return false;
    }
    parameters.emplace_back(set.begin(), set.end());
  }
  return true;
}

bool is_known(ByteView set, const AvcConfiguration& configuration) {
  return std::any_of(configuration.parameters.begin(), configuration.parameters.end(),
                     [set](const Bytes& known) {
                       return std::equal(known.begin(), known.end(), set.begin(), set.end());
                     });
}

std::size_t read_length(ByteReader& in, std::size_t bytes) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    length = length << 8U | in.u8();
  }
  return length;
}

}  // namespace

Result<AvcConfiguration> parse_avc_configuration(ByteView configuration) {
  ByteReader in(configuration);
  AvcConfiguration avc;
  const std::uint8_t version = in.u8();
  avc.profile = in.u8();
  in.skip(1);
  avc.level = in.u8();
  avc.length_bytes = (in.u8() & 3U) + 1U;
  const bool is_whole = read_parameters(in, in.u8() & 31U, avc.parameters) &&
                        read_parameters(in, in.u8(), avc.parameters);
  if (version != 1 || !is_whole || in.failed() || avc.length_bytes == 3) {
    return fail(media_error("an H.264 configuration that is not avcC"));
  }
  return avc;
}

Result<AvcUnit> clean_access_unit(ByteView data, const AvcConfiguration& configuration) {
  AvcUnit unit;
  unit.data.reserve(data.size());
  bool has_picture = false;
  ByteReader in(data);
  while (in.remaining() > 0) {
    const std::size_t start = in.position();
    const ByteView nal = in.take(read_length(in, configuration.length_bytes));
    if (in.failed() || nal.empty()) {
      return fail(media_error("an access unit whose lengths do not fit"));
    }
    const std::uint8_t type = nal[0] & 31U;
    if (type == kSequenceParameters || type == kPictureParameters) {
      if (!is_known(nal, configuration)) {
        return fail(media_error("parameter sets that change inside the stream"));
      }
      continue;
    }
    if (type == kFiller) {
      continue;
    }
    unit.is_idr = unit.is_idr || type == kIdrSlice;
    has_picture = has_picture || (type >= kSlice && type <= kIdrSlice);
    const ByteView whole = data.subspan(start, in.position() - start);
    unit.data.insert(unit.data.end(), whole.begin(), whole.end());
  }
  if (!has_picture) {
    return fail(media_error("an access unit without a picture"));
  }
  return unit;
}

}  // namespace estrad::pipeline
