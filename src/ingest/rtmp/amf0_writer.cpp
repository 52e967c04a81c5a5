#include "ingest/rtmp/amf0_writer.h"

#include "ingest/rtmp/amf0_marker.h"

namespace estrad::ingest::rtmp {
namespace {

constexpr std::size_t kLongestShortString = 0xFFFF;

/// Writes what a variant holds; one overload for each type.
class ValueWriter {
 public:
  explicit ValueWriter(Bytes& out) : out_(out), writer_(out) {}

  void operator()(AmfNull) { marker(AmfMarker::kNull); }
  void operator()(AmfUndefined) { marker(AmfMarker::kUndefined); }
  void operator()(bool value) {
    marker(AmfMarker::kBoolean);
    writer_.u8(value ? 1 : 0);
  }
  void operator()(double value) {
    marker(AmfMarker::kNumber);
    writer_.f64(value);
  }
  void operator()(const std::string& value) {
    if (value.size() > kLongestShortString) {
      marker(AmfMarker::kLongString);
      writer_.u32(static_cast<std::uint32_t>(value.size()));
      writer_.append(value);
      return;
    }
    marker(AmfMarker::kString);
    name(value);
  }
  void operator()(AmfDate date) {
    marker(AmfMarker::kDate);
    writer_.f64(date.epoch_ms);
    writer_.u16(0);
  }
  void operator()(const AmfObject& object) {
    marker(AmfMarker::kObject);
    properties(object.properties);
  }
  void operator()(const AmfEcmaArray& array) {
    marker(AmfMarker::kEcmaArray);
    writer_.u32(static_cast<std::uint32_t>(array.properties.size()));
    properties(array.properties);
  }
  void operator()(const AmfStrictArray& array) {
    marker(AmfMarker::kStrictArray);
    writer_.u32(static_cast<std::uint32_t>(array.items.size()));
    for (const AmfValue& item : array.items) {
      write_amf(item, out_);
    }
  }

 private:
  void marker(AmfMarker value) { writer_.u8(static_cast<std::uint8_t>(value)); }
  void name(std::string_view text) {
    const std::string_view cut = text.substr(0, kLongestShortString);
    writer_.u16(static_cast<std::uint16_t>(cut.size()));
    writer_.append(cut);
  }
  void properties(const std::vector<AmfProperty>& list) {
    for (const AmfProperty& property : list) {
      name(property.name);
      write_amf(property.value, out_);
    }
    writer_.u16(0);
    marker(AmfMarker::kObjectEnd);
  }

  Bytes& out_;
  ByteWriter writer_;
};

}  // namespace

void write_amf(const AmfValue& value, Bytes& out) {
  std::visit(ValueWriter(out), value.variant());
}

}  // namespace estrad::ingest::rtmp
