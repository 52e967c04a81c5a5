#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace estrad::ingest::rtmp {

class AmfValue;
struct AmfProperty;

struct AmfNull {
  friend bool operator==(AmfNull, AmfNull) = default;
};
struct AmfUndefined {
  friend bool operator==(AmfUndefined, AmfUndefined) = default;
};
/// Milliseconds since 1970, UTC.
struct AmfDate {
  double epoch_ms = 0;
  friend bool operator==(AmfDate, AmfDate) = default;
};
/// Object, and typed object without its class name.
struct AmfObject {
  std::vector<AmfProperty> properties;
  friend bool operator==(const AmfObject&, const AmfObject&) = default;
};
struct AmfEcmaArray {
  std::vector<AmfProperty> properties;
  friend bool operator==(const AmfEcmaArray&, const AmfEcmaArray&) = default;
};
struct AmfStrictArray {
  std::vector<AmfValue> items;
  friend bool operator==(const AmfStrictArray&, const AmfStrictArray&) = default;
};

/// A value of the Action Message Format, AMF 0 (Adobe, 2007). Properties keep their order.
class AmfValue {
 public:
  using Variant = std::variant<AmfNull, AmfUndefined, bool, double, std::string, AmfDate, AmfObject,
                               AmfEcmaArray, AmfStrictArray>;

  AmfValue();
  AmfValue(AmfNull value);
  AmfValue(AmfUndefined value);
  AmfValue(bool value);
  AmfValue(double value);
  AmfValue(std::string value);
  AmfValue(std::string_view value);
  AmfValue(const char* value);
  AmfValue(AmfDate value);
  AmfValue(AmfObject value);
  AmfValue(AmfEcmaArray value);
  AmfValue(AmfStrictArray value);

  [[nodiscard]] const Variant& variant() const { return variant_; }
  /// Null when this is no string.
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&variant_); }
  /// Null when this is no number.
  [[nodiscard]] const double* number() const { return std::get_if<double>(&variant_); }
  /// The named property of an object or ECMA array; null when there is none.
  [[nodiscard]] const AmfValue* property(std::string_view name) const;

  friend bool operator==(const AmfValue& a, const AmfValue& b);

 private:
  Variant variant_;
};

struct AmfProperty {
  std::string name;
  AmfValue value;
  friend bool operator==(const AmfProperty& a, const AmfProperty& b);
};

}  // namespace estrad::ingest::rtmp
