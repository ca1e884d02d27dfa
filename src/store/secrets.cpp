#include "store/secrets.hpp"

#include "base/check.hpp"
#include "base/hash.hpp"

#include <sodium.h>

namespace optimat {

namespace {

std::string url_text(const unsigned char* bytes, std::size_t size) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(size, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes, size, variant);
    text.pop_back();  // the terminating NUL
    return text;
}

}  // namespace

std::string random_bytes(std::size_t size) {
    static const bool ready = sodium_init() >= 0;
    OPTIMAT_CHECK(ready, "the system gives no random bytes");
    std::string bytes(size, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_text(std::size_t size) {
    const std::string bytes = random_bytes(size);
    return url_text(reinterpret_cast<const unsigned char*>(bytes.data()), size);
}

std::string keyed_text(std::string_view key, std::string_view text, std::size_t size) {
    unsigned char digest[32];
    OPTIMAT_CHECK(size <= sizeof digest, "a keyed text is longer than its digest");
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
    return url_text(digest, size);
}

std::string person_reference(std::string_view key, std::string_view client_id) {
    return keyed_text(key, client_id, 15);
}

std::string hash_of_secret(std::string_view secret) { return content_hash(secret).text(); }

}  // namespace optimat
