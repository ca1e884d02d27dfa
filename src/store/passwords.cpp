#include "base/check.hpp"
#include "base/error.hpp"
#include "store/secrets.hpp"
#include "store/sessions.hpp"

#include <array>
#include <fmt/format.h>
#include <semaphore>
#include <sodium.h>

namespace optimat {

namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = std::size_t{19} << 20;

/// Held while a password is hashed or verified.
class Place {
  public:
    Place() { places().acquire(); }
    ~Place() { places().release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

  private:
    static std::counting_semaphore<2>& places() {
        static std::counting_semaphore<2> semaphore{2};
        return semaphore;
    }
};

void require_sodium() {
    static const bool ready = sodium_init() >= 0;
    OPTIMAT_CHECK(ready, "libsodium cannot be used");
}

}  // namespace

std::string hash_password(std::string_view password) {
    require_sodium();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const Place place;
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), passes, memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw StoreError("a password could not be hashed: there is no memory for it; try again");
    return hash.data();
}

bool verify_password(std::string_view hash, std::string_view password) {
    require_sodium();
    if (hash.size() >= crypto_pwhash_STRBYTES) return false;
    const std::string text(hash);
    const Place place;
    return crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(std::string_view hash) {
    require_sodium();
    return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), passes, memory_bytes) != 0;
}

}  // namespace optimat
