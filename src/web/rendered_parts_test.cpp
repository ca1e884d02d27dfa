#include "web/rendered_parts.hpp"

#include <gtest/gtest.h>

namespace optimat {

TEST(RenderedParts, WritesEachPartOnce) {
    RenderedParts parts(1000);
    int written = 0;
    const auto write = [&written] {
        ++written;
        return Html("part");
    };
    EXPECT_EQ(parts.get("a", write)->text(), "part");
    EXPECT_EQ(parts.get("a", write)->text(), "part");
    EXPECT_EQ(written, 1);
    parts.get("b", write);
    EXPECT_EQ(written, 2);
}

TEST(RenderedParts, KeepsNoMoreThanItMayAndForgetsNothingInUse) {
    RenderedParts parts(100);
    const auto held = parts.get("held", [] { return Html("held"); });
    for (int i = 0; i < 50; ++i) {
        parts.get(std::to_string(i), [] { return Html("0123456789"); });
        EXPECT_LE(parts.bytes(), 100u);
    }
    EXPECT_EQ(held->text(), "held");
}

TEST(RenderedParts, APartThatIsTooLongIsAnsweredAndNotKept) {
    RenderedParts parts(10);
    EXPECT_EQ(parts.get("a", [] { return Html("longer than ten bytes"); })->text(), "longer than ten bytes");
    EXPECT_EQ(parts.bytes(), 0u);
}

}  // namespace optimat
