#pragma once
// Random bytes that nobody can guess, as texts for cookies, links and URLs.

#include <cstddef>
#include <string>
#include <string_view>

namespace optimat {

/// So many bytes from the system's source of randomness.
std::string random_bytes(std::size_t size);

/// The same in base64url without padding.
std::string random_text(std::size_t size);

/// What the store keeps of a secret: 64 hexadecimal digits of its BLAKE2b hash.
std::string hash_of_secret(std::string_view secret);

}  // namespace optimat
