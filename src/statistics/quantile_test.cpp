#include "statistics/quantile.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace optimat {
namespace {

TEST(Quantile, of_type_7_lies_between_its_neighbours) {
    const std::vector<double> tens = {10, 20, 30, 40};
    const std::span<const double> rising = tens;
    EXPECT_EQ(quantile_of(rising, 0), 10);
    EXPECT_DOUBLE_EQ(*quantile_of(rising, 0.25), 17.5);
    EXPECT_DOUBLE_EQ(*quantile_of(rising, 0.5), 25);
    EXPECT_DOUBLE_EQ(*quantile_of(rising, 0.9), 37);
    EXPECT_EQ(quantile_of(rising, 1), 40);
}

TEST(Quantile, of_whole_numbers_is_that_of_the_same_figures) {
    const std::vector<std::int64_t> wide = {0, 7, 9, 9, 1000};
    const std::vector<std::int32_t> days = {0, 7, 9, 9, 1000};
    const std::vector<double> figures = {0, 7, 9, 9, 1000};
    for (double p : {0.0, 0.1, 0.25, 0.5, 0.99, 1.0}) {
        const auto expected = quantile_of(std::span<const double>(figures), p);
        EXPECT_EQ(quantile_of(std::span<const std::int64_t>(wide), p), expected);
        EXPECT_EQ(quantile_of(std::span<const std::int32_t>(days), p), expected);
    }
}

TEST(Quantile, of_one_is_that_one_and_of_none_is_nothing) {
    const std::vector<double> one = {3};
    EXPECT_EQ(quantile_of(std::span<const double>(one), 0.3), 3);
    EXPECT_FALSE(quantile_of(std::span<const double>(), 0.5));
    EXPECT_FALSE(median_of({}));
    EXPECT_FALSE(spread_of({}));
}

TEST(Spread, needs_no_order) {
    const Spread spread = *spread_of({40, 10, 30, 20});
    EXPECT_EQ(spread.count, 4U);
    EXPECT_EQ(spread.lowest, 10);
    EXPECT_DOUBLE_EQ(spread.lower_quartile, 17.5);
    EXPECT_DOUBLE_EQ(spread.median, 25);
    EXPECT_DOUBLE_EQ(spread.upper_quartile, 32.5);
    EXPECT_EQ(spread.highest, 40);
    EXPECT_DOUBLE_EQ(spread.interquartile_range(), 15);
    EXPECT_EQ(median_of({5, 1, 3}), 3);
}

TEST(Quantile, rises_with_p_and_stays_among_the_figures) {
    std::mt19937 random(20181031);
    for (int round = 0; round < 100; ++round) {
        std::vector<double> figures(1 + random() % 30);
        for (double& figure : figures)
            figure = static_cast<double>(random() % 100);
        std::ranges::sort(figures);
        double before = figures.front();
        for (int i = 0; i <= 100; ++i) {
            const double here = *quantile_of(std::span<const double>(figures), i / 100.0);
            EXPECT_GE(here, before - 1e-9);
            EXPECT_LE(here, figures.back() + 1e-9);
            before = here;
        }
    }
}

}  // namespace
}  // namespace optimat
