#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace estrad::store {

/// The password as argon2id keeps it (libsodium's interactive limits: about 0.1 s, 64 MiB).
[[nodiscard]] Result<std::string> hash_password(std::string_view password);
/// Whether the hash is of this password; the same work for either answer.
[[nodiscard]] bool verify_password(const std::string& hash, std::string_view password);
/// The work of `verify_password`, for nothing: an unknown user takes as long as a wrong password.
void waste_a_verification(std::string_view password);

}  // namespace estrad::store
