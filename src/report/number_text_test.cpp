#include "report/number_text.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

TEST(NumberText, counts_have_thousands_separators) {
    EXPECT_EQ(count_text(0), "0");
    EXPECT_EQ(count_text(999), "999");
    EXPECT_EQ(count_text(1000), "1,000");
    EXPECT_EQ(count_text(27080), "27,080");
    EXPECT_EQ(count_text(1234567), "1,234,567");
    EXPECT_EQ(count_text(-100), "-100");
    EXPECT_EQ(count_text(-1000), "-1,000");
}

TEST(NumberText, ratios_round_half_up_exactly) {
    EXPECT_EQ(ratio_text(1, 8, 2), "0.13");  // 0.125
    EXPECT_EQ(ratio_text(3, 8, 2), "0.38");  // 0.375
    EXPECT_EQ(ratio_text(1, 2, 0), "1");
    EXPECT_EQ(ratio_text(-1, 2, 0), "0");  // up is towards more
    EXPECT_EQ(ratio_text(-3, 2, 0), "-1");
    EXPECT_EQ(ratio_text(2, 3, 4), "0.6667");
    EXPECT_EQ(ratio_text(1005, 1000, 2), "1.01");  // the machine's 1.005 is a little less
    EXPECT_EQ(ratio_text(9999, 10000, 2), "1.00");
    EXPECT_EQ(ratio_text(5, 0, 2), std::nullopt);
    EXPECT_EQ(ratio_text(0, 5, 0), "0");
    EXPECT_EQ(ratio_text(9'000'000'000'000'000'000, 1'000'000, 6),
              "9000000000000.000000");  // beyond 64 bits on the way
}

TEST(NumberText, figures_a_hair_below_a_half_round_up) {
    EXPECT_EQ(decimal_text(2.675, 2), "2.68");
    EXPECT_EQ(decimal_text(0.285 * 100, 0), "29");
    EXPECT_EQ(decimal_text(2.6749, 2), "2.67");
    EXPECT_EQ(decimal_text(0, 1), "0.0");
    EXPECT_EQ(decimal_text(-0.25, 1), "-0.2");
}

TEST(NumberText, shares_of_figure_8_are_as_published) {
    EXPECT_EQ(percent_text(31, 518, 2), "5.98 %");
    EXPECT_EQ(percent_text(262, 518, 2), "50.58 %");
    EXPECT_EQ(percent_text(2, 518, 2), "0.39 %");
    EXPECT_EQ(percent_text(0, 518, 2), "0.00 %");
}

TEST(NumberText, a_figure_that_cannot_be_is_a_dash) {
    EXPECT_EQ(percent_text(0, 0, 1), "–");
    EXPECT_EQ(percent_text(std::nullopt, 1), "–");
    EXPECT_EQ(percent_text(std::optional(0.5), 1), "50.0 %");
    EXPECT_EQ(mean_mg_text({}, 1), std::nullopt);
}

TEST(NumberText, means_come_from_exact_sums) {
    EXPECT_EQ(mean_mg_text({100'100, 2}, 1), "50.1");  // 50.05 mg
    EXPECT_EQ(mean_mg_text({60'000, 1}, 2), "60.00");
}

TEST(NumberText, nouns_follow_their_count) {
    EXPECT_EQ(people_text(1), "1 person");
    EXPECT_EQ(people_text(1200), "1,200 people");
    EXPECT_EQ(counted(1, "day"), "1 day");
    EXPECT_EQ(counted(0, "day"), "0 days");
}

}  // namespace
}  // namespace optimat
