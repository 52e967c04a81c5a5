#include "base/ids.h"

#include <array>
#include <vector>

#include <sodium.h>

namespace estrad {

std::string random_id(std::size_t characters) {
  // Without i, l, o, u: nothing that is misread aloud or spells a word by accident.
  static constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  static_assert(kAlphabet.size() == 32);
  std::vector<unsigned char> random(characters);
  randombytes_buf(random.data(), random.size());
  std::string id;
  id.reserve(characters);
  for (unsigned char byte : random) {
    id.push_back(kAlphabet[byte & 31]);
  }
  return id;
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size());
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

}  // namespace estrad
