#include "statistics/run_chart.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace optimat {
namespace {

using Series = std::vector<std::optional<double>>;

/// `useful` points that lie above and below the median in turns: no long run, many crossings. An odd number
/// of them has its median between only with two points upon it.
Series alternating(std::size_t useful) {
    Series series;
    if (useful % 2 == 1) series = {2, 2};
    for (std::size_t i = 0; i < useful; ++i)
        series.emplace_back(i % 2 == 0 ? 1 : 3);
    return series;
}

// Limits counted with whole numbers; those of 10 to 100 are in the table of Anhøj and Olesen.
TEST(RunChart, limits_follow_the_number_of_useful_points) {
    const struct {
        std::size_t useful, longest, fewest;
    } table[] = {{10, 6, 2},  {11, 6, 2},  {12, 7, 3},  {15, 7, 4},    {16, 7, 4},     {17, 7, 5},
                 {20, 7, 6},  {22, 7, 7},  {23, 8, 7},  {24, 8, 8},    {25, 8, 8},     {30, 8, 10},
                 {40, 8, 14}, {50, 9, 19}, {60, 9, 23}, {100, 10, 41}, {2000, 14, 963}};
    for (const auto& [useful, longest, fewest] : table) {
        const RunChart chart = *run_chart(alternating(useful));
        EXPECT_EQ(chart.useful, useful);
        EXPECT_EQ(chart.longest_usual, longest) << useful;
        EXPECT_EQ(chart.fewest_usual, fewest) << useful;
        EXPECT_EQ(chart.crossings, useful - 1);
        EXPECT_EQ(chart.longest_run, 1U);
        EXPECT_FALSE(chart.has_shifted());
    }
}

TEST(RunChart, binomial_quantile_is_the_first_to_reach_p) {
    // Of four throws: 1/16, 5/16, 11/16, 15/16, 1.
    EXPECT_EQ(fair_binomial_quantile(4, 0.06), 0U);
    EXPECT_EQ(fair_binomial_quantile(4, 0.07), 1U);
    EXPECT_EQ(fair_binomial_quantile(4, 0.5), 2U);
    EXPECT_EQ(fair_binomial_quantile(4, 0.99), 4U);
    EXPECT_EQ(fair_binomial_quantile(0, 0.05), 0U);
}

TEST(RunChart, a_run_longer_than_usual_tells_of_a_shift) {
    // Twenty useful points: a run of 7 is usual, one of 8 is not.
    const Series seven = {1, 3, 1, 3, 1, 3, 3, 3, 3, 3, 3, 3, 1, 1, 3, 1, 1, 1, 1, 1};
    ASSERT_EQ(run_chart(seven)->useful, 20U);
    EXPECT_EQ(run_chart(seven)->longest_run, 7U);
    EXPECT_FALSE(run_chart(seven)->has_unusually_long_run());
    const Series eight = {1, 3, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 3, 1, 1, 1, 1, 1};
    EXPECT_EQ(run_chart(eight)->longest_run, 8U);
    EXPECT_TRUE(run_chart(eight)->has_unusually_long_run());
    EXPECT_TRUE(run_chart(eight)->has_shifted());
}

TEST(RunChart, too_few_crossings_tell_of_a_shift) {
    // Ten useful points: two crossings are usual, one is not.
    EXPECT_FALSE(run_chart(Series{1, 1, 1, 3, 3, 3, 3, 3, 1, 1})->has_unusually_few_crossings());
    const RunChart one = *run_chart(Series{1, 1, 1, 1, 1, 3, 3, 3, 3, 3});
    EXPECT_EQ(one.crossings, 1U);
    EXPECT_TRUE(one.has_unusually_few_crossings());
    EXPECT_FALSE(one.has_unusually_long_run());
}

TEST(RunChart, points_on_the_median_neither_end_nor_lengthen_a_run) {
    const RunChart chart = *run_chart(Series{1, 2, 1, 2, 1, 3, 2, 3, 3});
    EXPECT_EQ(chart.median, 2);
    EXPECT_EQ(chart.useful, 6U);
    EXPECT_EQ(chart.longest_run, 3U);
    EXPECT_EQ(chart.crossings, 1U);
}

TEST(RunChart, missing_points_are_passed_over) {
    const RunChart gaps = *run_chart(Series{1, std::nullopt, 3, 1, std::nullopt, 3});
    const RunChart whole = *run_chart(Series{1, 3, 1, 3});
    EXPECT_EQ(gaps.median, whole.median);
    EXPECT_EQ(gaps.crossings, whole.crossings);
    EXPECT_FALSE(run_chart(Series{std::nullopt}));
    EXPECT_FALSE(run_chart(Series{}));
}

TEST(RunChart, a_flat_series_has_not_shifted) {
    const RunChart chart = *run_chart(Series(24, 1.0));
    EXPECT_EQ(chart.useful, 0U);
    EXPECT_FALSE(chart.has_shifted());
    // One useful point has no neighbour to cross to.
    EXPECT_FALSE(run_chart(Series{1, 1, 2})->has_shifted());
}

TEST(RunChart, the_later_half_says_which_way_the_months_have_shifted) {
    EXPECT_EQ(run_chart(Series{1, 1, 1, 1, 9, 9, 9, 9})->towards, Towards::higher);
    EXPECT_EQ(run_chart(Series{9, 9, 9, 9, 1, 1, 1, 1})->towards, Towards::lower);
    EXPECT_EQ(run_chart(Series{9, 9, 9, 9, 5, 1, 1, 1, 1})->towards, Towards::lower)
        << "a point on the median";
    EXPECT_EQ(run_chart(Series{1, 1, 9, 9, 9, 9, 1, 1})->towards, std::nullopt) << "up and down again";
    EXPECT_EQ(run_chart(Series{5, 5, 5})->towards, std::nullopt);
}

}  // namespace
}  // namespace optimat
