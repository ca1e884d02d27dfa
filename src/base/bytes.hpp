#pragma once
// Short texts compared and packed without a call: identifiers and codes are mostly shorter than sixteen
// bytes.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace optimat {

namespace detail {
template <class Word> inline Word load(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// Up to eight bytes as a number, the first byte lowest; bytes beyond `size` are zero.
inline std::uint64_t load_up_to_eight(const char* at, std::size_t size) {
    if (size >= 8) return load<std::uint64_t>(at);
    if (size >= 4)
        return load<std::uint32_t>(at) | std::uint64_t{load<std::uint32_t>(at + size - 4)}
                                             << (8 * (size - 4));
    if (size == 0) return 0;
    const auto byte = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
    };
    return byte(0) | byte(size / 2) | byte(size - 1);
}
}  // namespace detail

/// Whether two texts hold the same bytes.
inline bool same_bytes(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    const char* a = left.data();
    const char* b = right.data();
    std::size_t n = left.size();
    if (n < 8) return detail::load_up_to_eight(a, n) == detail::load_up_to_eight(b, n);
    for (; n > 8; n -= 8, a += 8, b += 8)
        if (detail::load<std::uint64_t>(a) != detail::load<std::uint64_t>(b)) return false;
    // The last eight bytes, overlapping those before.
    return detail::load<std::uint64_t>(a + n - 8) == detail::load<std::uint64_t>(b + n - 8);
}

/// A text of at most fifteen bytes packed into two words; longer texts have no packed form.
struct PackedText {
    static constexpr std::size_t longest = 15;
    std::uint64_t first = 0, second = 0;  ///< the bytes, lowest first; the size in the highest byte of second

    static PackedText of(std::string_view text) {
        const std::size_t size = text.size();
        PackedText packed{detail::load_up_to_eight(text.data(), size), 0};
        if (size > 8)
            packed.second = detail::load<std::uint64_t>(text.data() + size - 8) >> (8 * (16 - size));
        packed.second |= std::uint64_t{size} << 56;
        return packed;
    }
    friend bool operator==(PackedText, PackedText) = default;
    /// Byte order of the texts, which must not hold NUL bytes.
    friend bool operator<(PackedText a, PackedText b) {
        const std::uint64_t left = __builtin_bswap64(a.first), right = __builtin_bswap64(b.first);
        if (left != right) return left < right;
        return __builtin_bswap64(a.second << 8) < __builtin_bswap64(b.second << 8);
    }
};

}  // namespace optimat
