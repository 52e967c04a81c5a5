#include "ingest/rtmp/amf0_reader.h"

#include <utility>

#include <spdlog/fmt/fmt.h>

#include "ingest/rtmp/amf0_marker.h"

namespace estrad::ingest::rtmp {
namespace {

tl::unexpected<Error> cut_off() {
  return fail(invalid_input("AMF 0 is cut off"));
}

}  // namespace

Result<AmfValue> AmfReader::next() {
  return value(0);
}

Result<AmfValue> AmfReader::value(std::size_t depth) {
  if (depth > limits_.depth) {
    return fail(invalid_input(fmt::format("AMF 0 is nested deeper than {}", limits_.depth)));
  }
  if (++values_read_ > limits_.values) {
    return fail(invalid_input(fmt::format("AMF 0 holds more than {} values", limits_.values)));
  }
  const auto marker = static_cast<AmfMarker>(reader_.u8());
  if (reader_.failed()) {
    return cut_off();
  }
  switch (marker) {
    case AmfMarker::kNumber:
      return complete(reader_.f64());
    case AmfMarker::kBoolean:
      return complete(reader_.u8() != 0);
    case AmfMarker::kDate: {
      const AmfDate date{reader_.f64()};
      reader_.skip(2);  // time zone: reserved, zero
      return complete(date);
    }
    case AmfMarker::kString:
      return text(reader_.u16());
    case AmfMarker::kLongString:
    case AmfMarker::kXmlDocument:
      return text(reader_.u32());
    case AmfMarker::kObject:
      return properties(depth).map([](auto list) { return AmfValue(AmfObject{std::move(list)}); });
    case AmfMarker::kEcmaArray:
      // The count is a hint that encoders get wrong; the end marker counts.
      reader_.skip(4);
      return properties(depth).map(
          [](auto list) { return AmfValue(AmfEcmaArray{std::move(list)}); });
    case AmfMarker::kStrictArray:
      return strict_array(depth);
    case AmfMarker::kTypedObject:
      return typed_object(depth);
    case AmfMarker::kNull:
      return AmfValue(AmfNull{});
    case AmfMarker::kUndefined:
    case AmfMarker::kUnsupported:
      return AmfValue(AmfUndefined{});
    case AmfMarker::kObjectEnd:
      break;
  }
  return fail(
      invalid_input(fmt::format("AMF 0 has no type 0x{:02x} here", static_cast<int>(marker))));
}

Result<AmfValue> AmfReader::complete(AmfValue value) const {
  if (reader_.failed()) {
    return cut_off();
  }
  return value;
}

Result<std::string> AmfReader::text(std::size_t length) {
  if (length > limits_.string_bytes) {
    return fail(invalid_input(
        fmt::format("AMF 0 has a string of {} bytes, more than {}", length, limits_.string_bytes)));
  }
  const ByteView bytes = reader_.take(length);
  if (reader_.failed()) {
    return cut_off();
  }
  return std::string(as_text(bytes));
}

Result<std::vector<AmfProperty>> AmfReader::properties(std::size_t depth) {
  std::vector<AmfProperty> read;
  for (;;) {
    auto name = text(reader_.u16());
    if (!name) {
      return fail(std::move(name).error());
    }
    if (name->empty()) {
      if (static_cast<AmfMarker>(reader_.u8()) != AmfMarker::kObjectEnd) {
        return fail(invalid_input("AMF 0 has a property without a name"));
      }
      return read;
    }
    auto held = value(depth + 1);
    if (!held) {
      return fail(std::move(held).error());
    }
    read.push_back({*std::move(name), *std::move(held)});
    // Some hardware encoders leave the end marker out at the very end.
    if (is_at_end()) {
      return read;
    }
  }
}

Result<AmfValue> AmfReader::strict_array(std::size_t depth) {
  const std::uint32_t count = reader_.u32();
  // Each item has at least its marker.
  if (reader_.failed() || count > reader_.remaining()) {
    return cut_off();
  }
  AmfStrictArray array;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto item = value(depth + 1);
    if (!item) {
      return fail(std::move(item).error());
    }
    array.items.push_back(*std::move(item));
  }
  return AmfValue(std::move(array));
}

Result<AmfValue> AmfReader::typed_object(std::size_t depth) {
  if (auto class_name = text(reader_.u16()); !class_name) {
    return fail(std::move(class_name).error());
  }
  return properties(depth).map([](auto list) { return AmfValue(AmfObject{std::move(list)}); });
}

}  // namespace estrad::ingest::rtmp
