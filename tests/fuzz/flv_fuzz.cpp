// A feed's bytes, in pieces of any size: the reader, the tags and the time line behind it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>

#include "pipeline/codec_string.h"
#include "pipeline/feed_clock.h"
#include "pipeline/flv_reader.h"

namespace {

void look_at(const estrad::pipeline::FlvItem& item, estrad::pipeline::FeedClock& clock) {
  using namespace estrad::pipeline;
  if (const auto* header = std::get_if<FlvVideoHeader>(&item)) {
    static_cast<void>(avc_codec_string(header->configuration));
  } else if (const auto* audio = std::get_if<FlvAudioHeader>(&item)) {
    static_cast<void>(parse_aac_configuration(audio->configuration));
  } else if (const auto* frame = std::get_if<FlvVideoFrame>(&item)) {
    static_cast<void>(clock.at(frame->timestamp_ms));
  } else if (const auto* sound = std::get_if<FlvAudioFrame>(&item)) {
    static_cast<void>(clock.at(sound->timestamp_ms));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  estrad::pipeline::FlvReader reader;
  estrad::pipeline::FeedClock clock;
  estrad::ByteView bytes(data, size);
  // The first byte says how large the pieces are.
  const std::size_t piece = bytes.empty() ? 1 : 1 + std::size_t{bytes[0]} * 16;
  for (bytes = bytes.subspan(std::min<std::size_t>(1, size)); !bytes.empty();) {
    const std::size_t count = std::min(piece, bytes.size());
    reader.push(bytes.first(count));
    bytes = bytes.subspan(count);
    for (auto item = reader.next(); item; item = reader.next()) {
      if (!*item) {
        break;
      }
      look_at(**item, clock);
    }
  }
  return 0;
}
