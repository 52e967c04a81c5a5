#include "store/password.h"

#include <array>

#include <sodium.h>

namespace estrad::store {

Result<std::string> hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (sodium_init() < 0 || crypto_pwhash_str(hash.data(), password.data(), password.size(),
                                             crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                             crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return fail(unavailable("there is not memory enough to hash a password"));
  }
  return std::string(hash.data());
}

bool verify_password(const std::string& hash, std::string_view password) {
  return sodium_init() >= 0 &&
         crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void waste_a_verification(std::string_view password) {
  static_cast<void>(hash_password(password));
}

}  // namespace estrad::store
