#include "base/hash.hpp"

#include <fmt/format.h>
#include <sodium.h>

namespace optimat {

std::string ContentHash::text() const {
    std::string result;
    for (const unsigned char byte : bytes)
        result += fmt::format("{:02x}", byte);
    return result;
}

ContentHash content_hash(std::string_view bytes) {
    ContentHash hash;
    crypto_generichash(hash.bytes.data(), hash.bytes.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr, 0);
    return hash;
}

}  // namespace optimat
