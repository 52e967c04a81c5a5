#include "pipeline/flv_reader.h"

#include <string>
#include <utility>

namespace estrad::pipeline {
namespace {

constexpr std::size_t kFileHeaderBytes = 9;
constexpr std::size_t kTagHeaderBytes = 11;
constexpr std::size_t kPreviousSizeBytes = 4;
constexpr std::uint32_t kMaxHeaderOffset = 64;

constexpr std::uint8_t kAudioTag = 8;
constexpr std::uint8_t kVideoTag = 9;
constexpr std::uint8_t kScriptTag = 18;

FlvItem parse_tag(std::uint8_t type, std::uint32_t timestamp_ms, ByteView payload) {
  switch (type) {
    case kAudioTag:
      return parse_audio_tag(timestamp_ms, payload);
    case kVideoTag:
      return parse_video_tag(timestamp_ms, payload);
    case kScriptTag:
      return parse_script_tag(payload);
    default:
      return FlvIgnored{};
  }
}

}  // namespace

void FlvReader::push(ByteView bytes) {
  if (failure_) {
    return;
  }
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(position_));
  position_ = 0;
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

Result<std::optional<FlvItem>> FlvReader::next() {
  if (failure_) {
    return fail(*failure_);
  }
  auto header = read_file_header();
  if (!header) {
    failure_ = header.error();
    return fail(*failure_);
  }
  if (*header == HeaderState::kMore) {
    return std::nullopt;
  }
  auto tag = read_tag();
  if (!tag) {
    failure_ = tag.error();
  }
  return tag;
}

Result<FlvReader::HeaderState> FlvReader::read_file_header() {
  ByteReader in(ByteView(buffer_).subspan(position_));
  if (in.remaining() < 3) {
    return HeaderState::kMore;
  }
  // 'F' is no tag type (its five type bits are 6), so a header in the middle is told apart.
  if (as_text(in.take(3)) != "FLV") {
    if (!has_header_) {
      return fail(media_error("the input is not FLV"));
    }
    return HeaderState::kNone;
  }
  in.skip(2);
  const std::uint32_t offset = in.u32();
  if (in.failed()) {
    return HeaderState::kMore;
  }
  if (offset < kFileHeaderBytes || offset > kMaxHeaderOffset) {
    return fail(media_error("an FLV header of " + std::to_string(offset) + " bytes"));
  }
  in.skip(offset - kFileHeaderBytes + kPreviousSizeBytes);
  if (in.failed()) {
    return HeaderState::kMore;
  }
  position_ += in.position();
  has_header_ = true;
  return HeaderState::kRead;
}

Result<std::optional<FlvItem>> FlvReader::read_tag() {
  ByteReader in(ByteView(buffer_).subspan(position_));
  if (in.remaining() < kTagHeaderBytes) {
    return std::nullopt;
  }
  const std::uint8_t type = in.u8() & 0x1FU;
  const std::uint32_t length = in.u24();
  const std::uint32_t low = in.u24();
  const std::uint32_t timestamp_ms = (std::uint32_t{in.u8()} << 24U) | low;
  in.skip(3);
  if (length > kMaxTagBytes) {
    return fail(media_error("an FLV tag of " + std::to_string(length) + " bytes"));
  }
  if (in.remaining() < length + kPreviousSizeBytes) {
    return std::nullopt;
  }
  FlvItem item = parse_tag(type, timestamp_ms, in.take(length));
  position_ += kTagHeaderBytes + length + kPreviousSizeBytes;
  return std::optional<FlvItem>(std::move(item));
}

}  // namespace estrad::pipeline
