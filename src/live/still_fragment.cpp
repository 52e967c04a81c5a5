#include "live/still_fragment.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace estrad::live {
namespace {

constexpr std::size_t kBoxHeader = 8;
constexpr std::size_t kFullBoxHeader = 12;

struct Range {
  std::size_t begin;
  std::size_t end;
};

std::uint32_t read_u32(const Bytes& bytes, std::size_t at) {
  return ByteReader(ByteView(bytes).subspan(at, 4)).u32();
}

void write_u32(Bytes& bytes, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[at + i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
  }
}

/// The first box of `type` directly within `within`, its header included.
std::optional<Range> find_box(const Bytes& bytes, Range within, std::string_view type) {
  std::size_t at = within.begin;
  while (at + kBoxHeader <= within.end) {
    const std::size_t size = read_u32(bytes, at);
    if (size < kBoxHeader || size > within.end - at) {
      return std::nullopt;
    }
    if (as_text(ByteView(bytes).subspan(at + 4, 4)) == type) {
      return Range{at, at + size};
    }
    at += size;
  }
  return std::nullopt;
}

Range inside(Range box) {
  return {box.begin + kBoxHeader, box.end};
}

/// ISO/IEC 14496-12, 8.8.7: where `tfhd` holds the default duration.
std::optional<std::size_t> default_duration_at(const Bytes& bytes, Range tfhd) {
  const std::uint32_t flags = read_u32(bytes, tfhd.begin + kBoxHeader) & 0xFFFFFFU;
  std::size_t at = tfhd.begin + kFullBoxHeader + 4;  // after track_ID
  at += (flags & 0x1U) != 0 ? 8 : 0;                 // base_data_offset
  at += (flags & 0x2U) != 0 ? 4 : 0;                 // sample_description_index
  if ((flags & 0x8U) == 0 || at + 4 > tfhd.end) {
    return std::nullopt;
  }
  return at;
}

/// ISO/IEC 14496-12, 8.8.8: the samples of `trun`.
struct Samples {
  std::uint32_t count;
  std::size_t first;  ///< Where the first one's fields are.
  std::size_t stride;
  bool have_durations;
};

std::optional<Samples> samples_of(const Bytes& bytes, Range trun) {
  const std::uint32_t flags = read_u32(bytes, trun.begin + kBoxHeader) & 0xFFFFFFU;
  Samples samples = {read_u32(bytes, trun.begin + kFullBoxHeader), 0, 0, (flags & 0x100U) != 0};
  samples.first = trun.begin + kFullBoxHeader + 4;
  samples.first += (flags & 0x1U) != 0 ? 4 : 0;  // data_offset
  samples.first += (flags & 0x4U) != 0 ? 4 : 0;  // first_sample_flags
  for (const std::uint32_t field : {0x100U, 0x200U, 0x400U, 0x800U}) {
    samples.stride += (flags & field) != 0 ? 4 : 0;
  }
  if (samples.count == 0 || samples.first > trun.end ||
      samples.stride * samples.count > trun.end - samples.first) {
    return std::nullopt;
  }
  return samples;
}

}  // namespace

Result<Bytes> stretched(Bytes fragment, std::uint32_t duration) {
  const Error unreadable = media_error("still fragment: no durations found");
  const auto moof = find_box(fragment, {0, fragment.size()}, "moof");
  const auto traf = moof ? find_box(fragment, inside(*moof), "traf") : std::nullopt;
  const auto tfhd = traf ? find_box(fragment, inside(*traf), "tfhd") : std::nullopt;
  const auto trun = traf ? find_box(fragment, inside(*traf), "trun") : std::nullopt;
  if (!tfhd || !trun || tfhd->end - tfhd->begin < kFullBoxHeader + 4 ||
      trun->end - trun->begin < kFullBoxHeader + 4) {
    return fail(unreadable);
  }
  const auto default_at = default_duration_at(fragment, *tfhd);
  const auto samples = samples_of(fragment, *trun);
  if (!samples || (!default_at && !samples->have_durations)) {
    return fail(unreadable);
  }
  const std::uint32_t each = std::max(duration / samples->count, 1U);
  if (default_at) {
    write_u32(fragment, *default_at, each);
  }
  if (samples->have_durations) {
    for (std::uint32_t i = 0; i < samples->count; ++i) {
      const bool is_last = i + 1 == samples->count;
      const std::uint32_t before = each * i;
      const std::uint32_t rest = duration > before ? duration - before : 1;
      write_u32(fragment, samples->first + samples->stride * i, is_last ? rest : each);
    }
  }
  return fragment;
}

}  // namespace estrad::live
