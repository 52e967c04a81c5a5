#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "config/colour.h"
#include "config/file.h"
#include "config/keys.h"
#include "config/value.h"

namespace {

using namespace estrad::config;

/// What a key takes, it writes back as something that it takes again.
void check_key(const Key& key, const nlohmann::json& value) {
  Settings settings;
  if (key.read(settings, value) && !key.read(settings, key.write(settings))) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto values = read_values(text)) {
    for (const auto& [path, value, line] : *values) {
      if (const Key* const key = find_key(path)) {
        check_key(*key, value);
      } else {
        static_cast<void>(nearest_key(path));
      }
    }
  }
  // The kinds of text reach every key also without the right JSON around them.
  if (size > 0 && size < 256) {
    const auto& key = keys().at(data[0] % keys().size());
    check_key(key, text.substr(1));
  }
  return 0;
}
