#include "support/cmaf.h"

namespace estrad::test {

Bytes make_box(std::string_view type, ByteView content) {
  Bytes box;
  ByteWriter writer(box);
  writer.u32(static_cast<std::uint32_t>(8 + content.size()));
  writer.append(type);
  writer.append(content);
  return box;
}

Bytes make_fragment(std::uint64_t decode_time, std::size_t size) {
  Bytes mfhd;
  ByteWriter(mfhd).u32(0);
  ByteWriter(mfhd).u32(1);
  Bytes tfdt;
  ByteWriter(tfdt).u32(0x01000000);
  ByteWriter(tfdt).u64(decode_time);
  Bytes traf = make_box("tfhd", Bytes(8));
  ByteWriter(traf).append(make_box("tfdt", tfdt));
  Bytes moof = make_box("mfhd", mfhd);
  ByteWriter(moof).append(make_box("traf", traf));
  Bytes fragment = make_box("moof", moof);
  ByteWriter(fragment).append(make_box("mdat", Bytes(size, 0x55)));
  return fragment;
}

Bytes make_init(std::string_view name) {
  Bytes init = make_box("ftyp", as_bytes("cmfc"));
  ByteWriter(init).append(make_box("moov", as_bytes(name)));
  return init;
}

}  // namespace estrad::test
