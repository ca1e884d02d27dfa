#pragma once
// Two hashes. `quick_hash` spreads identifiers over chunks and tables: the same on every machine and for
// ever, because a client's chunk follows from it; it is no protection. `ContentHash` (BLAKE2b-256, libsodium)
// names content.

#include "base/bytes.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace optimat {

namespace detail {
inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}
}  // namespace detail

/// 64 well-mixed bits of a text. Little-endian machines only, as all that Debian 12 on amd64 and arm64 runs
/// on.
inline std::uint64_t quick_hash(std::string_view text) {
    constexpr std::uint64_t k0 = 0xa0761d6478bd642full, k1 = 0xe7037ed1a0b428dbull,
                            k2 = 0x8ebc6af09c88c6e3ull;
    std::uint64_t state = k0 ^ text.size();
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left > 8; left -= 8, at += 8)
        state = detail::fold(state ^ detail::load<std::uint64_t>(at), k1);
    const std::uint64_t tail = detail::load_up_to_eight(at, left);
    return detail::fold(detail::fold(state ^ tail, k2), k0 ^ 0x589965cc75374cc3ull);
}

/// 32 bytes that name a content.
struct ContentHash {
    std::array<unsigned char, 32> bytes{};
    friend auto operator<=>(const ContentHash&, const ContentHash&) = default;
    /// 64 lower-case hexadecimal digits.
    std::string text() const;
    std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

/// Hash of one text.
ContentHash content_hash(std::string_view bytes);

}  // namespace optimat
