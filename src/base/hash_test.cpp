#include "base/hash.hpp"

#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

namespace optimat {
namespace {

TEST(QuickHash, is_the_same_for_ever) {
    // A client's chunk follows from these: changing one moves people between stored chunks.
    EXPECT_EQ(quick_hash(""), 0x5750f4e753d0758cu);
    EXPECT_EQ(quick_hash("C1"), 0x914c2a54b73d867au);
    EXPECT_EQ(quick_hash("12345678"), 0x4ebe97e966c9f8c4u);
    EXPECT_EQ(quick_hash("client-000123"), 0x775d03be44130486u);
    EXPECT_NE(quick_hash("C1"), quick_hash(std::string_view("C1\0", 3)));
    EXPECT_NE(quick_hash("12345678"), quick_hash("123456789"));
}

TEST(QuickHash, sees_the_text_and_nothing_beside_it) {
    const std::string long_text = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP";
    std::set<std::uint64_t> seen;
    for (std::size_t size = 0; size <= long_text.size(); ++size) {
        // A copy of its exact size on the heap: the address sanitizer notices a byte read beside it.
        const std::vector<char> exact(long_text.begin(),
                                      long_text.begin() + static_cast<std::ptrdiff_t>(size));
        const std::uint64_t hash = quick_hash({exact.data(), exact.size()});
        EXPECT_EQ(hash, quick_hash(std::string_view(long_text).substr(0, size))) << size;
        EXPECT_TRUE(seen.insert(hash).second) << size;
        for (std::size_t i = 0; i < size; ++i) {
            std::vector<char> other = exact;
            other[i] = static_cast<char>(other[i] ^ 1);
            EXPECT_NE(quick_hash({other.data(), other.size()}), hash) << i << " of " << size;
        }
    }
}

TEST(QuickHash, spreads_similar_ids_over_the_partitions) {
    std::array<int, 256> partitions{};
    std::set<std::uint64_t> seen;
    constexpr int ids = 100'000;
    for (int i = 0; i < ids; ++i) {
        const std::uint64_t hash = quick_hash("C" + std::to_string(i));
        seen.insert(hash);
        ++partitions[hash >> 56];
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(ids));
    for (const int count : partitions) {
        EXPECT_GT(count, ids / 256 / 2);
        EXPECT_LT(count, ids / 256 * 2);
    }
}

TEST(ContentHash, is_blake2b_of_256_bits) {
    // The published digest of the empty message, and of "abc".
    EXPECT_EQ(content_hash("").text(), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    EXPECT_EQ(content_hash("abc").text(), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    EXPECT_NE(content_hash("abc"), content_hash("abd"));
    EXPECT_EQ(content_hash("abc").view().size(), 32u);
}

}  // namespace
}  // namespace optimat
