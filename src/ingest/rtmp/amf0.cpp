#include "ingest/rtmp/amf0.h"

namespace estrad::ingest::rtmp {

AmfValue::AmfValue() = default;
AmfValue::AmfValue(AmfNull value) : variant_(value) {}
AmfValue::AmfValue(AmfUndefined value) : variant_(value) {}
AmfValue::AmfValue(bool value) : variant_(value) {}
AmfValue::AmfValue(double value) : variant_(value) {}
AmfValue::AmfValue(std::string value) : variant_(std::move(value)) {}
AmfValue::AmfValue(std::string_view value) : variant_(std::string(value)) {}
AmfValue::AmfValue(const char* value) : variant_(std::string(value)) {}
AmfValue::AmfValue(AmfDate value) : variant_(value) {}
AmfValue::AmfValue(AmfObject value) : variant_(std::move(value)) {}
AmfValue::AmfValue(AmfEcmaArray value) : variant_(std::move(value)) {}
AmfValue::AmfValue(AmfStrictArray value) : variant_(std::move(value)) {}

const AmfValue* AmfValue::property(std::string_view name) const {
  const std::vector<AmfProperty>* properties = nullptr;
  if (const auto* object = std::get_if<AmfObject>(&variant_)) {
    properties = &object->properties;
  } else if (const auto* array = std::get_if<AmfEcmaArray>(&variant_)) {
    properties = &array->properties;
  } else {
    return nullptr;
  }
  for (const AmfProperty& property : *properties) {
    if (property.name == name) {
      return &property.value;
    }
  }
  return nullptr;
}

bool operator==(const AmfValue& a, const AmfValue& b) {
  return a.variant_ == b.variant_;
}

bool operator==(const AmfProperty& a, const AmfProperty& b) {
  return a.name == b.name && a.value == b.value;
}

}  // namespace estrad::ingest::rtmp
