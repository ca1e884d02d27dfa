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

/// A text of base64url that follows from the key and the text, and tells nothing of either without the key:
/// tokens of forms, opaque names in URLs. Texts of different uses of one key begin with the use, so that none
/// can be had by asking for another. `size` is how many bytes of the keyed BLAKE2b digest it holds, at
/// most 32.
std::string keyed_text(std::string_view key, std::string_view text, std::size_t size);

/// The opaque name of a client for URLs, the audit log and what the team writes down: 20 characters, 120
/// bits, so that no two clients of a store ever share one. `key` is the store's secret of that name.
std::string person_reference(std::string_view key, std::string_view client_id);
inline constexpr std::string_view person_reference_secret = "person_reference";

/// What the store keeps of a secret: 64 hexadecimal digits of its BLAKE2b hash.
std::string hash_of_secret(std::string_view secret);

}  // namespace optimat
