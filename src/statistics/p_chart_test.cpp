#include "statistics/series_for_tests.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace optimat {
namespace {

using Counts = std::vector<ShareCount>;

TEST(PChart, limits_follow_each_denominator) {
    const Counts counts = {{20, 100}, {30, 100}, {100, 400}, {50, 200}};
    const ControlChart chart = p_chart(counts, ShareLimits::binomial, {});
    EXPECT_EQ(chart.rules, p_rules);
    const double pooled = 200.0 / 800;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double reach =
            3 * std::sqrt(pooled * (1 - pooled) / static_cast<double>(counts[i].denominator));
        EXPECT_NEAR(chart.points[i].limits->centre, pooled, 1e-12);
        EXPECT_NEAR(chart.points[i].limits->lower, pooled - reach, 1e-12);
        EXPECT_NEAR(chart.points[i].limits->upper, pooled + reach, 1e-12);
        EXPECT_NEAR(chart.points[i].limits->near_upper, pooled + reach * 2 / 3, 1e-12);
    }
    EXPECT_FALSE(chart.segments[0].mean_moving_range);
}

TEST(PChart, limits_are_cut_to_0_and_1) {
    const ControlChart low = p_chart(Counts{{1, 10}, {0, 10}}, ShareLimits::binomial, {});
    EXPECT_EQ(low.points[0].limits->lower, 0);
    EXPECT_EQ(low.points[0].limits->near_lower, 0);
    const ControlChart high = p_chart(Counts{{9, 10}, {10, 10}}, ShareLimits::binomial, {});
    EXPECT_EQ(high.points[0].limits->upper, 1);
}

TEST(PChart, a_month_of_nobody_is_missing) {
    const ControlChart chart = p_chart(Counts{{1, 2}, {0, 0}, {1, 2}}, ShareLimits::binomial, {});
    EXPECT_EQ(chart.points[1].use, PointUse::missing);
    EXPECT_FALSE(chart.points[1].limits);
    EXPECT_EQ(chart.segments[0].limit_points, 2U);
    EXPECT_FALSE(p_chart(Counts{{0, 0}}, ShareLimits::binomial, {}).latest);
}

TEST(PChart, a_point_may_be_outside_by_its_denominator_alone) {
    Counts counts(20, {500, 1000});
    counts[5] = {60, 100};
    counts[9] = {600, 1000};
    const ControlChart chart = p_chart(counts, ShareLimits::binomial, {.better = BetterWhen::lower});
    EXPECT_EQ(chart.points[5].cause, SpecialCause::none);
    EXPECT_EQ(chart.points[9].cause, SpecialCause::outside_limits);
    EXPECT_EQ(chart.points[9].variation, Variation::concern);
}

TEST(PChart, everybody_in_every_month_is_no_failure) {
    for (const ShareLimits limits : {ShareLimits::binomial, ShareLimits::laney}) {
        ChartSettings settings{.better = BetterWhen::higher};
        settings.targets.assign(24, 1.0);
        const ControlChart chart = p_chart(Counts(24, {57, 57}), limits, settings);
        EXPECT_EQ(chart.assurance, Assurance::consistently_hits);
        EXPECT_EQ(chart.points[0].limits->lower, 1);
        for (const ControlPoint& point : chart.points)
            EXPECT_EQ(point.cause, SpecialCause::none);
    }
}

TEST(PChart, rebases_and_excluded_points_are_left_out_of_the_pool) {
    const Counts counts = {{10, 100}, {90, 100}, {10, 100}, {50, 100}, {50, 100}};
    const ControlChart chart = p_chart(counts, ShareLimits::binomial, {.rebases = {3}, .excluded = {1}});
    EXPECT_NEAR(chart.points[0].limits->centre, 0.1, 1e-12);
    EXPECT_NEAR(chart.points[4].limits->centre, 0.5, 1e-12);
    EXPECT_EQ(chart.points[1].cause, SpecialCause::none);
}

TEST(Laney, multiplies_binomial_limits_by_the_sigma_of_z_scores) {
    std::mt19937 random(20181031);
    for (int round = 0; round < 50; ++round) {
        Counts counts;
        std::int64_t numerator = 0, denominator = 0;
        for (int i = 0; i < 24; ++i) {
            const auto n = static_cast<std::int64_t>(20'000 + random() % 9'000);
            counts.push_back({n * static_cast<std::int64_t>(15 + random() % 5) / 100, n});
            numerator += counts.back().numerator;
            denominator += n;
        }
        const double pooled = static_cast<double>(numerator) / static_cast<double>(denominator);
        std::vector<double> scores;
        for (const auto& [x, n] : counts)
            scores.push_back((static_cast<double>(x) / static_cast<double>(n) - pooled) /
                             std::sqrt(pooled * (1 - pooled) / static_cast<double>(n)));
        double ranges = 0;
        for (std::size_t i = 1; i < scores.size(); ++i)
            ranges += std::abs(scores[i] - scores[i - 1]);
        const double factor = ranges / 23 / 1.128;
        const ControlChart plain = p_chart(counts, ShareLimits::binomial, {});
        const ControlChart laney = p_chart(counts, ShareLimits::laney, {});
        EXPECT_GT(factor, 1);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const double reach = plain.points[i].limits->upper - pooled;
            EXPECT_NEAR(laney.points[i].limits->upper, pooled + reach * factor, 1e-9);
            EXPECT_NEAR(laney.points[i].limits->lower, pooled - reach * factor, 1e-9);
        }
    }
}

TEST(Laney, needs_two_months) {
    EXPECT_FALSE(p_chart(Counts{{1, 2}}, ShareLimits::laney, {}).points[0].limits);
    EXPECT_TRUE(p_chart(Counts{{1, 2}}, ShareLimits::binomial, {}).points[0].limits);
    EXPECT_EQ(p_chart(Counts{{1, 2}}, ShareLimits::laney, {}).rules, laney_rules);
}

}  // namespace
}  // namespace optimat
