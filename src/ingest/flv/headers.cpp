#include "ingest/flv/headers.h"

#include <algorithm>

namespace estrad::ingest::flv {
namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 10;

}  // namespace

bool Headers::keep_metadata(ByteView body) {
  return replace({TagType::kScript, PacketKind::kOther, 0}, body);
}

bool Headers::keep(TagType type, Packet packet, ByteView body) {
  return replace({type, packet.kind, packet.track}, body);
}

bool Headers::replace(Key key, ByteView body) {
  const auto known = kept_.find(key);
  const std::size_t known_bytes = known == kept_.end() ? 0 : known->second.size();
  const bool is_same = known != kept_.end() && std::ranges::equal(known->second, body);
  if (is_same || kept_bytes_ - known_bytes + body.size() > kMostBytes) {
    return false;
  }
  kept_bytes_ = kept_bytes_ - known_bytes + body.size();
  kept_[key] = Bytes(body.begin(), body.end());
  return true;
}

Bytes Headers::render() const {
  Bytes out;
  write_file_header(out);
  // Script data come first, as readers expect; the map has them last.
  for (const bool is_script_turn : {true, false}) {
    for (const auto& [key, body] : kept_) {
      if ((key.type == TagType::kScript) == is_script_turn) {
        write_tag(key.type, 0, body, out);
      }
    }
  }
  return out;
}

}  // namespace estrad::ingest::flv
