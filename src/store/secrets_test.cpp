#include "store/secrets.hpp"

#include <gtest/gtest.h>
#include <set>

namespace optimat {
namespace {

TEST(Secrets, AreRandomAndOfTheirSize) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(random_bytes(16));
    EXPECT_EQ(seen.size(), 1000u);
    EXPECT_EQ(random_bytes(0), "");
    EXPECT_EQ(random_text(32).size(), 43u);
    EXPECT_EQ(random_text(16).size(), 22u);
    EXPECT_EQ(random_text(3).find('='), std::string::npos);
    std::set<char> letters;
    for (int i = 0; i < 200; ++i)
        for (const char c : random_text(32))
            letters.insert(c);
    EXPECT_EQ(letters.size(), 64u);
    EXPECT_TRUE(letters.contains('-') && letters.contains('_'));
}

TEST(Secrets, AreKnownByTheirHash) {
    // BLAKE2b-256 of no bytes.
    EXPECT_EQ(hash_of_secret(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    EXPECT_NE(hash_of_secret("a"), hash_of_secret("b"));
}

}  // namespace
}  // namespace optimat
