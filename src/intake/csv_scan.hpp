#pragma once
// The byte-level scans of CSV: which of 64 bytes are commas, line ends or quotes, and what a block holds at
// all. SSE2 where the machine has it (all of amd64), plain loops elsewhere; both give the same answers.

#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace optimat::detail {

/// Bytes that must be readable behind the end of a scanned text.
constexpr std::size_t scan_padding = 64;

/// Bit i is set when at[i] is a comma, a line feed or a double quote, for i in [0, 64).
inline std::uint64_t special_mask(const char* at) {
    std::uint64_t mask = 0;
#if defined(__SSE2__)
    const __m128i comma = _mm_set1_epi8(','), line_feed = _mm_set1_epi8('\n'), quote = _mm_set1_epi8('"');
    for (int i = 0; i < 4; ++i) {
        __m128i bytes;
        std::memcpy(&bytes, at + 16 * i, 16);
        const __m128i hits =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, comma), _mm_cmpeq_epi8(bytes, line_feed)),
                         _mm_cmpeq_epi8(bytes, quote));
        mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(hits))) << (16 * i);
    }
#else
    for (int i = 0; i < 64; ++i)
        mask |= std::uint64_t{at[i] == ',' || at[i] == '\n' || at[i] == '"'} << i;
#endif
    return mask;
}

struct BlockContent {
    bool quotes = false, high_bytes = false, controls = false;
    std::uint32_t lines = 0;
};

/// What stands in a block: quotes, bytes of 0x80 and above, control characters; and how many line feeds.
inline BlockContent content_of(std::string_view block) {
    BlockContent content;
    const char* at = block.data();
    const char* const end = at + block.size();
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), line_feed = _mm_set1_epi8('\n'), carriage = _mm_set1_epi8('\r'),
                  tab = _mm_set1_epi8('\t'), space = _mm_set1_epi8(' ');
    __m128i any_quote = _mm_setzero_si128(), any_high = any_quote, any_control = any_quote;
    while (end - at >= 16) {
        // Line feeds are counted byte by byte of the vector, in runs short enough that no byte overflows.
        __m128i feeds = _mm_setzero_si128();
        for (int run = 0; run < 255 && end - at >= 16; ++run, at += 16) {
            __m128i bytes;
            std::memcpy(&bytes, at, 16);
            const __m128i is_line_feed = _mm_cmpeq_epi8(bytes, line_feed);
            const __m128i usual = _mm_or_si128(
                is_line_feed, _mm_or_si128(_mm_cmpeq_epi8(bytes, carriage), _mm_cmpeq_epi8(bytes, tab)));
            any_quote = _mm_or_si128(any_quote, _mm_cmpeq_epi8(bytes, quote));
            any_high = _mm_or_si128(any_high, bytes);
            // Signed comparison: bytes of 0x80 and above count as below space too; their sign bit is masked
            // off.
            any_control = _mm_or_si128(
                any_control, _mm_andnot_si128(_mm_or_si128(usual, bytes), _mm_cmplt_epi8(bytes, space)));
            feeds = _mm_sub_epi8(feeds, is_line_feed);
        }
        const __m128i sums = _mm_sad_epu8(feeds, _mm_setzero_si128());
        content.lines += static_cast<std::uint32_t>(_mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4));
    }
    content.quotes = _mm_movemask_epi8(any_quote) != 0;
    content.high_bytes = _mm_movemask_epi8(any_high) != 0;
    content.controls = _mm_movemask_epi8(any_control) != 0;
#endif
    for (; at != end; ++at) {
        const auto byte = static_cast<unsigned char>(*at);
        content.quotes |= byte == '"';
        content.high_bytes |= byte >= 0x80;
        content.controls |= byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t';
        content.lines += byte == '\n';
    }
    return content;
}

}  // namespace optimat::detail
