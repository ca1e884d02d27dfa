#include "statistics/cusum.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace optimat {
namespace {

using Series = std::vector<std::optional<double>>;

// Montgomery, Statistical Quality Control, table 9.1: mean 10, sigma 1; the mean moves to 11 after 20 points.
const Series published = {9.45,  7.99,  9.29,  11.66, 12.16, 10.18, 8.04,  11.46, 9.20,  10.34,
                          9.03,  11.47, 10.51, 9.40,  10.08, 9.37,  10.62, 10.31, 8.52,  10.84,
                          10.90, 9.33,  12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52};

TEST(Cusum, agrees_with_the_published_table) {
    const Cusum found = cusum(published, {10, 1});
    const double higher[] = {0, 0,    0, 1.16, 2.82, 2.50, 0.04, 1.00, 0,    0,    0,    0.97, 0.98, 0,   0,
                             0, 0.12, 0, 0,    0.34, 0.74, 0,    1.79, 2.79, 2.89, 3.47, 3.35, 4.47, 5.28};
    const double lower[] = {0.05, 1.56, 1.77, 0,    0, 0, 1.46, 0, 0.30, 0, 0.47, 0, 0, 0.10, 0,
                            0.13, 0,    0,    0.98, 0, 0, 0.17, 0, 0,    0, 0,    0, 0, 0,    0};
    for (std::size_t i = 0; i < std::size(higher); ++i)
        EXPECT_NEAR(found.points[i].higher, higher[i], 1e-9) << i;
    for (std::size_t i = 0; i < std::size(lower); ++i)
        EXPECT_NEAR(found.points[i].lower, lower[i], 1e-9) << i;
    // It signals at period 29; the change began between periods 22 and 23.
    ASSERT_EQ(found.signals.size(), 1U);
    EXPECT_EQ(found.signals[0].at, 28U);
    EXPECT_EQ(found.signals[0].since, 22U);
    EXPECT_EQ(found.signals[0].confirmed, 28U);
    EXPECT_EQ(found.signals[0].towards, Towards::higher);
}

TEST(Cusum, a_mirrored_series_signals_the_other_way) {
    Series mirrored;
    for (const auto& value : published)
        mirrored.emplace_back(20 - *value);
    const Cusum found = cusum(mirrored, {10, 1});
    ASSERT_EQ(found.signals.size(), 1U);
    EXPECT_EQ(found.signals[0].towards, Towards::lower);
    EXPECT_EQ(found.signals[0].since, 22U);
}

TEST(Cusum, on_the_threshold_is_no_signal) {
    // Each point adds half a sigma: ten make exactly 5.
    EXPECT_TRUE(cusum(Series(10, 1.0), {0, 1}).signals.empty());
    const Cusum eleven = cusum(Series(11, 1.0), {0, 1});
    ASSERT_EQ(eleven.signals.size(), 1U);
    EXPECT_EQ(eleven.signals[0].at, 10U);
    EXPECT_EQ(eleven.signals[0].since, 0U);
}

TEST(Cusum, a_change_that_lasts_is_one_signal) {
    const Cusum found = cusum(Series(24, 2.0), {0, 1});
    ASSERT_EQ(found.signals.size(), 1U);
    EXPECT_EQ(found.signals[0].at, 3U);
    EXPECT_EQ(found.signals[0].confirmed, 23U);
}

TEST(Cusum, a_change_after_a_rest_is_another) {
    Series series(6, 2.0);
    series.insert(series.end(), 6, -0.5);
    series.insert(series.end(), 6, 2.0);
    const Cusum found = cusum(series, {0, 1});
    ASSERT_EQ(found.signals.size(), 2U);
    EXPECT_EQ(found.signals[1].since, 12U);
}

TEST(Cusum, a_missing_point_changes_nothing) {
    Series gaps = published;
    gaps.insert(gaps.begin() + 25, std::nullopt);
    const Cusum found = cusum(gaps, {10, 1});
    ASSERT_EQ(found.signals.size(), 1U);
    EXPECT_EQ(found.signals[0].at, 29U);
    EXPECT_EQ(found.signals[0].since, 22U);
    EXPECT_EQ(found.points[25].higher, found.points[24].higher);
}

TEST(Cusum, a_flat_baseline_has_no_scale) {
    const Cusum found = cusum(Series{1, 1, 0.9}, {1, 0});
    EXPECT_EQ(found.points.size(), 3U);
    EXPECT_TRUE(found.signals.empty());
}

/// The sum after a point, since the last reset before `from`: the largest of all sums of last deviations.
double naive_sum(const std::vector<double>& deviations, std::size_t from, std::size_t point) {
    double largest = 0;
    for (std::size_t first = from; first <= point; ++first) {
        double sum = 0;
        for (std::size_t i = first; i <= point; ++i)
            sum += deviations[i] - usual_cusum_slack;
        largest = std::max(largest, sum);
    }
    return largest;
}

TEST(Cusum, agrees_with_a_naive_recomputation) {
    std::mt19937 random(20181031);
    std::normal_distribution<double> noise(0.4, 1.5);
    std::size_t resets = 0;
    for (int round = 0; round < 200; ++round) {
        std::vector<double> deviations(36);
        for (double& deviation : deviations)
            deviation = noise(random);
        const Cusum found = cusum(Series(deviations.begin(), deviations.end()), {0, 1});
        std::size_t from = 0;
        for (std::size_t i = 0; i < deviations.size(); ++i) {
            const double expected = naive_sum(deviations, from, i);
            ASSERT_NEAR(found.points[i].higher, expected, 1e-9);
            if (expected <= usual_cusum_threshold) continue;
            ++resets;
            from = i + 1;
            const auto tells = [&](const CusumSignal& signal) {
                return signal.towards == Towards::higher && signal.at <= i && signal.confirmed >= i &&
                       signal.since <= signal.at;
            };
            EXPECT_TRUE(std::ranges::any_of(found.signals, tells));
        }
    }
    EXPECT_GT(resets, 100U);
}

}  // namespace
}  // namespace optimat
