#include "hls/fragment.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace estrad::hls {
namespace {

/// One box; positions count from the start of the fragment.
struct Box {
  std::string_view type;
  std::size_t body = 0;
  std::size_t end = 0;
};

Error broken(std::string_view what) {
  return media_error("CMAF fragment: " + std::string(what));
}

/// The box at `at`, which must end within `end`.
Result<Box> read_box(ByteView bytes, std::size_t at, std::size_t end) {
  ByteReader reader(bytes.subspan(at, end - at));
  std::uint64_t size = reader.u32();
  const ByteView type = reader.take(4);
  if (size == 1) {
    size = reader.u64();
  }
  if (reader.failed() || size < reader.position() || size > end - at) {
    return fail(broken("a box is longer than what holds it"));
  }
  return Box{as_text(type), at + reader.position(), at + static_cast<std::size_t>(size)};
}

/// A full box's version, followed by at least `count` bytes; their position.
Result<std::size_t> read_full_box(ByteView bytes, const Box& box, std::uint8_t version,
                                  std::size_t count) {
  constexpr std::size_t kVersionAndFlags = 4;
  if (box.end - box.body < kVersionAndFlags + count) {
    return fail(broken(std::string(box.type) + " is too short"));
  }
  if (bytes[box.body] != version) {
    return fail(broken(std::string(box.type) + " is not of version " + std::to_string(version)));
  }
  return box.body + kVersionAndFlags;
}

/// What was found so far; position 0 is never a field's.
struct Found {
  FragmentFields fields;
  int moofs = 0;
  int trafs = 0;
  int mdats = 0;
};

Status scan_traf(ByteView bytes, const Box& traf, Found& found) {
  ++found.trafs;
  for (std::size_t at = traf.body; at < traf.end;) {
    const auto box = read_box(bytes, at, traf.end);
    if (!box) {
      return fail(box.error());
    }
    if (box->type == "tfdt") {
      const auto field = read_full_box(bytes, *box, 1, 8);
      if (!field) {
        return fail(field.error());
      }
      found.fields.decode_time_at = *field;
    }
    at = box->end;
  }
  return {};
}

Status scan_moof(ByteView bytes, const Box& moof, Found& found) {
  ++found.moofs;
  for (std::size_t at = moof.body; at < moof.end;) {
    const auto box = read_box(bytes, at, moof.end);
    if (!box) {
      return fail(box.error());
    }
    if (box->type == "mfhd") {
      const auto field = read_full_box(bytes, *box, 0, 4);
      if (!field) {
        return fail(field.error());
      }
      found.fields.sequence_at = *field;
    } else if (box->type == "traf") {
      if (const auto status = scan_traf(bytes, *box, found); !status) {
        return status;
      }
    }
    at = box->end;
  }
  return {};
}

Status scan_top(ByteView bytes, Found& found) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto box = read_box(bytes, at, bytes.size());
    if (!box) {
      return fail(box.error());
    }
    if (box->type == "moof") {
      if (const auto status = scan_moof(bytes, *box, found); !status) {
        return status;
      }
    } else if (box->type == "mdat") {
      if (found.moofs == 0) {
        return fail(broken("mdat before moof"));
      }
      ++found.mdats;
    } else if (box->type != "styp" && box->type != "prft" && box->type != "emsg" &&
               box->type != "sidx") {
      return fail(broken("a box that does not belong here"));
    }
    at = box->end;
  }
  return {};
}

void write_big_endian(Bytes& bytes, std::size_t at, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) {
    bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * (width - 1 - i)));
  }
}

}  // namespace

Result<FragmentFields> find_fields(ByteView fragment) {
  Found found;
  if (const auto status = scan_top(fragment, found); !status) {
    return fail(status.error());
  }
  if (found.moofs != 1 || found.trafs != 1 || found.mdats != 1) {
    return fail(broken("not exactly one moof, traf and mdat"));
  }
  if (found.fields.sequence_at == 0 || found.fields.decode_time_at == 0) {
    return fail(broken("no mfhd or no tfdt"));
  }
  return found.fields;
}

void write_times(Bytes& fragment, FragmentFields fields, std::uint64_t decode_time,
                 std::uint32_t sequence) {
  write_big_endian(fragment, fields.sequence_at, sequence, 4);
  write_big_endian(fragment, fields.decode_time_at, decode_time, 8);
}

Result<Bytes> retime(Bytes fragment, std::uint64_t decode_time, std::uint32_t sequence) {
  const auto fields = find_fields(fragment);
  if (!fields) {
    return fail(fields.error());
  }
  write_times(fragment, *fields, decode_time, sequence);
  return fragment;
}

Result<FragmentTimes> read_times(ByteView fragment) {
  const auto fields = find_fields(fragment);
  if (!fields) {
    return fail(fields.error());
  }
  FragmentTimes times;
  times.sequence = ByteReader(fragment.subspan(fields->sequence_at)).u32();
  times.decode_time = ByteReader(fragment.subspan(fields->decode_time_at)).u64();
  return times;
}

Result<std::size_t> init_length(ByteView bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto box = read_box(bytes, at, bytes.size());
    if (!box || (at == 0 && box->type != "ftyp")) {
      break;
    }
    at = box->end;
    if (box->type == "moov") {
      return at;
    }
  }
  return fail(media_error("init segment: not an ftyp box followed by a moov box"));
}

}  // namespace estrad::hls
